#include "CZlib.h"

#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

struct clinner_gunzip {
    z_stream stream;
    bool is_between;
};

enum { GZIP_ONLY = 16 };

clinner_gunzip *clinner_gunzip_open(void) {
    clinner_gunzip *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    if (inflateInit2(&self->stream, MAX_WBITS + GZIP_ONLY) != Z_OK) {
        free(self);
        return NULL;
    }
    return self;
}

void clinner_gunzip_close(clinner_gunzip *self) {
    if (self == NULL) return;
    inflateEnd(&self->stream);
    free(self);
}

void clinner_gunzip_feed(clinner_gunzip *self, const uint8_t *bytes, size_t count) {
    self->stream.next_in = (Bytef *)bytes;
    self->stream.avail_in = (uInt)count;
}

size_t clinner_gunzip_left(const clinner_gunzip *self) { return self->stream.avail_in; }

clinner_gunzip_status clinner_gunzip_read(
    clinner_gunzip *self, uint8_t *buffer, size_t capacity, size_t *produced) {
    self->stream.next_out = buffer;
    self->stream.avail_out = (uInt)capacity;
    clinner_gunzip_status status = CLINNER_GUNZIP_MORE;
    while (status == CLINNER_GUNZIP_MORE && self->stream.avail_out > 0) {
        if (self->stream.avail_in == 0) {
            status = self->is_between ? CLINNER_GUNZIP_BETWEEN : CLINNER_GUNZIP_HUNGRY;
            break;
        }
        // What follows the last member and is not another one is padding, as gzip itself reads it.
        if (self->is_between && self->stream.next_in[0] != 0x1f) {
            status = CLINNER_GUNZIP_DONE;
            break;
        }
        self->is_between = false;
        switch (inflate(&self->stream, Z_NO_FLUSH)) {
        case Z_OK:
        case Z_BUF_ERROR:
            break;
        case Z_STREAM_END:
            self->is_between = true;
            inflateReset(&self->stream);
            break;
        default:
            status = CLINNER_GUNZIP_CORRUPT;
        }
    }
    *produced = capacity - self->stream.avail_out;
    return status;
}
