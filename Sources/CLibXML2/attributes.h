#ifndef CLINNER_ATTRIBUTES_H
#define CLINNER_ATTRIBUTES_H

#include <stdbool.h>
#include <stddef.h>

/// Whether an element of the document has over `limit` attributes, declarations of namespaces included; `line` is then
/// the element's.
bool clinner_xml_has_many_attributes(const char *bytes, size_t count, size_t limit, long *line);

#endif
