#ifndef CLINNER_CZLIB_H
#define CLINNER_CZLIB_H

#include <stddef.h>
#include <stdint.h>

// Reads gzip from memory, a piece at a time.

typedef struct clinner_gunzip clinner_gunzip;

typedef enum {
    CLINNER_GUNZIP_MORE,
    CLINNER_GUNZIP_DONE,
    /// The bytes end before the compressed data does.
    CLINNER_GUNZIP_TRUNCATED,
    /// The bytes are not gzip, or a check sum does not agree.
    CLINNER_GUNZIP_CORRUPT,
} clinner_gunzip_status;

/// Opens a reader on `bytes`, which must outlive it; NULL without memory.
clinner_gunzip *clinner_gunzip_open(const uint8_t *bytes, size_t count);

void clinner_gunzip_close(clinner_gunzip *reader);

/// Writes up to `capacity` bytes and their number; the members of a file follow each other as one.
clinner_gunzip_status clinner_gunzip_read(
    clinner_gunzip *reader, uint8_t *buffer, size_t capacity, size_t *produced);

#endif
