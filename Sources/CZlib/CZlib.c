#include "CZlib.h"

#include <stdlib.h>
#include <zlib.h>

struct clinner_gunzip {
    z_stream stream;
    const uint8_t *next;
    size_t left;
};

enum { GZIP_ONLY = 16 };
static const size_t LARGEST_PIECE = 1u << 30;

clinner_gunzip *clinner_gunzip_open(const uint8_t *bytes, size_t count) {
    clinner_gunzip *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    if (inflateInit2(&self->stream, MAX_WBITS + GZIP_ONLY) != Z_OK) {
        free(self);
        return NULL;
    }
    self->next = bytes;
    self->left = count;
    return self;
}

void clinner_gunzip_close(clinner_gunzip *self) {
    if (self == NULL) return;
    inflateEnd(&self->stream);
    free(self);
}

/// zlib counts input in 32 bits, so it gets a large file in pieces.
static void feed(clinner_gunzip *self) {
    if (self->stream.avail_in > 0) return;
    size_t piece = self->left < LARGEST_PIECE ? self->left : LARGEST_PIECE;
    self->stream.next_in = (Bytef *)self->next;
    self->stream.avail_in = (uInt)piece;
    self->next += piece;
    self->left -= piece;
}

clinner_gunzip_status clinner_gunzip_read(
    clinner_gunzip *self, uint8_t *buffer, size_t capacity, size_t *produced) {
    size_t room = capacity < LARGEST_PIECE ? capacity : LARGEST_PIECE;
    self->stream.next_out = buffer;
    self->stream.avail_out = (uInt)room;
    clinner_gunzip_status status = CLINNER_GUNZIP_MORE;
    while (status == CLINNER_GUNZIP_MORE && self->stream.avail_out > 0) {
        feed(self);
        switch (inflate(&self->stream, Z_NO_FLUSH)) {
        case Z_OK:
            break;
        case Z_STREAM_END:
            // What follows the last member and is not another one is padding, as gzip itself reads it.
            feed(self);
            if (self->stream.avail_in == 0 || self->stream.next_in[0] != 0x1f) {
                status = CLINNER_GUNZIP_DONE;
            } else {
                inflateReset(&self->stream);
            }
            break;
        case Z_BUF_ERROR:
            if (self->stream.avail_in == 0 && self->left == 0) status = CLINNER_GUNZIP_TRUNCATED;
            break;
        default:
            status = CLINNER_GUNZIP_CORRUPT;
        }
    }
    *produced = room - self->stream.avail_out;
    return status;
}
