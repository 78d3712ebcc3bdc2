#ifndef CLINNER_CLIBXML2_H
#define CLINNER_CLIBXML2_H

#include <stdbool.h>
#include <stddef.h>

// A pull of XML events from memory: no network, no external files, no entities but the five of XML itself.
// The header includes nothing of libxml2, whose own headers bring a second ICU beside Foundation's.

typedef struct clinner_xml clinner_xml;

typedef enum {
    CLINNER_XML_DONE,
    CLINNER_XML_START,
    CLINNER_XML_END,
    CLINNER_XML_TEXT,
    CLINNER_XML_FAILED,
} clinner_xml_event;

typedef enum {
    /// libxml2 refused the document; see `code`.
    CLINNER_XML_MALFORMED,
    /// Elements are nested deeper than the limit.
    CLINNER_XML_TOO_DEEP,
    /// The document type declares entities.
    CLINNER_XML_ENTITY_DECLARED,
    /// The document refers to an entity that is not one of the five of XML.
    CLINNER_XML_ENTITY_USED,
} clinner_xml_failure_kind;

typedef struct {
    clinner_xml_failure_kind kind;
    /// libxml2's error number, for `CLINNER_XML_MALFORMED`.
    int code;
    long line;
} clinner_xml_failure;

/// Opens a reader on `bytes`, which must outlive it; NULL without memory or for more than 2 GiB.
clinner_xml *clinner_xml_open(const char *bytes, size_t count, int max_depth);

void clinner_xml_close(clinner_xml *reader);

/// Moves to the next event; every start has an end, also for `<x/>`.
clinner_xml_event clinner_xml_next(clinner_xml *reader);

/// The line of the current event.
long clinner_xml_line(const clinner_xml *reader);

/// The name of the element that starts or ends; valid until the next event.
const char *clinner_xml_name(const clinner_xml *reader);

/// The text of a text event, entities resolved; valid until the next event.
const char *clinner_xml_text(const clinner_xml *reader);

/// The next attribute of the element that starts; both are valid until the next call.
bool clinner_xml_next_attribute(clinner_xml *reader, const char **name, const char **value);

/// Why the last event was `CLINNER_XML_FAILED`.
clinner_xml_failure clinner_xml_why(const clinner_xml *reader);

#endif
