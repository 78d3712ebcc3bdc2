#ifndef CLINNER_CZLIB_H
#define CLINNER_CZLIB_H

#include <stddef.h>
#include <stdint.h>

// Reads gzip, fed and read a piece at a time.

typedef struct clinner_gunzip clinner_gunzip;

typedef enum {
    /// There may be more output.
    CLINNER_GUNZIP_MORE,
    /// All that was fed is used up, within a member.
    CLINNER_GUNZIP_HUNGRY,
    /// All that was fed is used up, and a member is complete; another one may follow.
    CLINNER_GUNZIP_BETWEEN,
    /// A member is complete, and what follows is no other one.
    CLINNER_GUNZIP_DONE,
    /// The bytes are not gzip, or a check sum does not agree.
    CLINNER_GUNZIP_CORRUPT,
} clinner_gunzip_status;

/// Opens a reader; NULL without memory.
clinner_gunzip *clinner_gunzip_open(void);

void clinner_gunzip_close(clinner_gunzip *reader);

/// Gives the reader its next bytes, at most 1 GiB, which must stay until they are used up.
void clinner_gunzip_feed(clinner_gunzip *reader, const uint8_t *bytes, size_t count);

/// How many of the bytes it was given it has not used.
size_t clinner_gunzip_left(const clinner_gunzip *reader);

/// Writes up to `capacity` bytes, at most 1 GiB, and their number; the members of a file follow each other as one.
clinner_gunzip_status clinner_gunzip_read(
    clinner_gunzip *reader, uint8_t *buffer, size_t capacity, size_t *produced);

#endif
