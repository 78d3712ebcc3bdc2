#include "attributes.h"

#include <string.h>

// libxml2 (2.9.14) compares every attribute of an element with every other: an element of a million attributes would
// keep it busy for hours. So elements are looked at before it sees them.

/// A document as characters; those beyond ASCII are taken for an x, which is as good as they are here.
typedef struct {
    const char *bytes;
    size_t count;
    /// How many bytes a character has, and which of them holds ASCII characters.
    size_t width;
    size_t low;
} characters;

static char at(const characters *self, size_t index) {
    const char *unit = self->bytes + index * self->width;
    for (size_t byte = 0; byte < self->width; byte++) {
        if (byte != self->low && unit[byte] != 0) return 'x';
    }
    return unit[self->low];
}

/// UTF-16 is told by a mark or by the zero byte beside the first character, everything else is one byte or more a
/// character, of which ASCII characters are one.
static characters characters_of(const char *bytes, size_t count) {
    const unsigned char *first = (const unsigned char *)bytes;
    if (count >= 2 && ((first[0] == 0xFF && first[1] == 0xFE) || (first[0] != 0 && first[1] == 0))) {
        return (characters){bytes, count / 2, 2, 0};
    }
    if (count >= 2 && ((first[0] == 0xFE && first[1] == 0xFF) || (first[0] == 0 && first[1] != 0))) {
        return (characters){bytes, count / 2, 2, 1};
    }
    return (characters){bytes, count, 1, 0};
}

static bool begins(const characters *self, size_t index, const char *word) {
    for (; *word != 0; word++, index++) {
        if (index >= self->count || at(self, index) != *word) return false;
    }
    return true;
}

/// The place after the next `word`, or the end.
static size_t after(const characters *self, size_t index, const char *word) {
    while (index < self->count && !begins(self, index, word)) index++;
    return index < self->count ? index + strlen(word) : self->count;
}

static size_t next_tag(const characters *self, size_t index) {
    if (self->width == 1) {
        const char *found = memchr(self->bytes + index, '<', self->count - index);
        return found == NULL ? self->count : (size_t)(found - self->bytes);
    }
    while (index < self->count && at(self, index) != '<') index++;
    return index;
}

bool clinner_xml_has_many_attributes(const char *bytes, size_t count, size_t limit, long *line) {
    characters self = characters_of(bytes, count);
    size_t index = 0;
    while ((index = next_tag(&self, index)) < self.count) {
        // An attribute has five characters at the least (` a=""`), and no well-formed tag holds a <.
        if (index + 1 < self.count && at(&self, index + 1) != '!' && at(&self, index + 1) != '?') {
            size_t next = next_tag(&self, index + 1);
            if (next - index <= 5 * limit) {
                index = next;
                continue;
            }
        }
        if (begins(&self, index, "<![CDATA[")) {
            index = after(&self, index, "]]>");
        } else if (begins(&self, index, "<!--")) {
            index = after(&self, index, "-->");
        } else if (begins(&self, index, "<?")) {
            index = after(&self, index, "?>");
        } else {
            size_t found = 0;
            char quote = 0;
            size_t start = index;
            for (index++; index < self.count; index++) {
                char character = at(&self, index);
                if (quote != 0) {
                    if (character == quote) quote = 0;
                } else if (character == '"' || character == '\'') {
                    quote = character;
                } else if (character == '=') {
                    if (++found > limit) break;
                } else if (character == '>' || character == '<') {
                    break;
                }
            }
            if (found > limit) {
                *line = 1;
                for (size_t place = 0; place < start; place++) *line += at(&self, place) == '\n';
                return true;
            }
        }
    }
    return false;
}
