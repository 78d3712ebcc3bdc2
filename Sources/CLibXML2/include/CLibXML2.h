#ifndef CLINNER_CLIBXML2_H
#define CLINNER_CLIBXML2_H

#include <stdbool.h>
#include <stddef.h>

// The events of an XML document in memory: no network, no external files, no entities but the five of XML itself.
// The header includes nothing of libxml2, whose own headers bring a second ICU beside Foundation's.

/// A name as written; `prefix` is NULL for a name without a colon. UTF-8, terminated.
typedef struct {
    const char *prefix;
    const char *local;
} clinner_xml_name;

/// An attribute; its value is UTF-8 and not terminated.
typedef struct {
    clinner_xml_name name;
    const char *value;
    size_t count;
} clinner_xml_attribute;

/// What the parser calls; everything handed over is valid during the call. False stops the parser.
typedef struct {
    void *context;
    bool (*start)(
        void *context, clinner_xml_name name, const clinner_xml_attribute *attributes, size_t count, long line);
    bool (*end)(void *context);
    /// A piece of text, line ends folded and references resolved; not terminated.
    bool (*text)(void *context, const char *bytes, size_t count);
    /// The whole of a CDATA section, line ends folded; not terminated.
    bool (*cdata)(void *context, const char *bytes, size_t count);
} clinner_xml_handler;

typedef enum {
    CLINNER_XML_FINE,
    /// A call of the handler returned false.
    CLINNER_XML_STOPPED,
    /// libxml2 refused the document; see `code`.
    CLINNER_XML_MALFORMED,
    /// Elements are nested deeper than the limit.
    CLINNER_XML_TOO_DEEP,
    /// The document declares entities, or uses one that is not among the five of XML.
    CLINNER_XML_ENTITIES,
    CLINNER_XML_NO_MEMORY,
} clinner_xml_status;

typedef struct {
    clinner_xml_status status;
    /// libxml2's error number, for `CLINNER_XML_MALFORMED`.
    int code;
    /// Where it failed, from 1.
    long line;
} clinner_xml_result;

/// The deepest nesting that can be allowed, within what libxml2 itself allows.
enum { CLINNER_XML_DEEPEST = 250 };

/// The most attributes that an element may have, and the error number for one that has more.
enum { CLINNER_XML_ATTRIBUTES = 256, CLINNER_XML_TOO_MANY_ATTRIBUTES = -1 };

/// Parses `bytes`, less than 2 GiB.
clinner_xml_result clinner_xml_parse(const char *bytes, size_t count, int max_depth, clinner_xml_handler handler);

#endif
