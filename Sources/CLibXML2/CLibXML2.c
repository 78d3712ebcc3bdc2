#include "CLibXML2.h"

#include <libxml/xmlreader.h>
#include <limits.h>
#include <stdlib.h>

struct clinner_xml {
    xmlTextReaderPtr reader;
    int max_depth;
    /// The last start was of an empty element, whose end libxml2 does not report.
    bool owes_end;
    bool failed;
    clinner_xml_failure failure;
};

static void fail(clinner_xml *self, clinner_xml_failure_kind kind, int code, long line) {
    if (self->failed) return;
    self->failed = true;
    self->failure = (clinner_xml_failure){kind, code, line};
}

/// libxml2 also reports what it can live with (a missing namespace); only what ends the document counts, and an
/// entity that is missing because the external document type is not read, which it would leave out with a warning.
static void on_error(void *context, xmlErrorPtr error) {
    clinner_xml *self = context;
    if (error->code == XML_WAR_UNDECLARED_ENTITY || error->code == XML_ERR_UNDECLARED_ENTITY) {
        fail(self, CLINNER_XML_ENTITY_USED, error->code, error->line);
    } else if (error->level == XML_ERR_FATAL) {
        fail(self, CLINNER_XML_MALFORMED, error->code, error->line);
    }
}

clinner_xml *clinner_xml_open(const char *bytes, size_t count, int max_depth) {
    if (count > INT_MAX) return NULL;
    clinner_xml *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    self->max_depth = max_depth;
    // Neither NOENT nor DTDLOAD: entities stay references and nothing but these bytes is read. Without HUGE,
    // libxml2's own limits hold as well: 10 million bytes a text, and a bound on what entities amplify.
    self->reader = xmlReaderForMemory(bytes, (int)count, NULL, NULL, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (self->reader == NULL) {
        free(self);
        return NULL;
    }
    xmlTextReaderSetStructuredErrorHandler(self->reader, (xmlStructuredErrorFunc)on_error, self);
    return self;
}

void clinner_xml_close(clinner_xml *self) {
    if (self == NULL) return;
    xmlFreeTextReader(self->reader);
    free(self);
}

static bool declares_entities(xmlTextReaderPtr reader) {
    xmlDocPtr document = xmlTextReaderCurrentDoc(reader);
    if (document == NULL || document->intSubset == NULL) return false;
    return document->intSubset->entities != NULL || document->intSubset->pentities != NULL;
}

clinner_xml_event clinner_xml_next(clinner_xml *self) {
    if (self->owes_end) {
        self->owes_end = false;
        return CLINNER_XML_END;
    }
    for (;;) {
        int status = self->failed ? -1 : xmlTextReaderRead(self->reader);
        // libxml2 reads ahead, so a failure further down may be known while good events are left; it still ends here.
        if (self->failed) return CLINNER_XML_FAILED;
        if (status < 0) {
            fail(self, CLINNER_XML_MALFORMED, 0, xmlTextReaderGetParserLineNumber(self->reader));
            return CLINNER_XML_FAILED;
        }
        if (status == 0) return CLINNER_XML_DONE;
        switch (xmlTextReaderNodeType(self->reader)) {
        case XML_READER_TYPE_ELEMENT:
            if (xmlTextReaderDepth(self->reader) >= self->max_depth) {
                fail(self, CLINNER_XML_TOO_DEEP, 0, clinner_xml_line(self));
                return CLINNER_XML_FAILED;
            }
            self->owes_end = xmlTextReaderIsEmptyElement(self->reader) == 1;
            return CLINNER_XML_START;
        case XML_READER_TYPE_END_ELEMENT:
            return CLINNER_XML_END;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            return CLINNER_XML_TEXT;
        case XML_READER_TYPE_ENTITY_REFERENCE:
            fail(self, CLINNER_XML_ENTITY_USED, 0, clinner_xml_line(self));
            return CLINNER_XML_FAILED;
        case XML_READER_TYPE_DOCUMENT_TYPE:
            if (declares_entities(self->reader)) {
                fail(self, CLINNER_XML_ENTITY_DECLARED, 0, xmlTextReaderGetParserLineNumber(self->reader));
                return CLINNER_XML_FAILED;
            }
            break;
        default:
            break;
        }
    }
}

long clinner_xml_line(const clinner_xml *self) {
    xmlNodePtr node = xmlTextReaderCurrentNode(self->reader);
    return node == NULL ? xmlTextReaderGetParserLineNumber(self->reader) : xmlGetLineNo(node);
}

const char *clinner_xml_name(const clinner_xml *self) { return (const char *)xmlTextReaderConstName(self->reader); }

const char *clinner_xml_text(const clinner_xml *self) { return (const char *)xmlTextReaderConstValue(self->reader); }

bool clinner_xml_next_attribute(clinner_xml *self, const char **name, const char **value) {
    if (xmlTextReaderMoveToNextAttribute(self->reader) != 1) {
        xmlTextReaderMoveToElement(self->reader);
        return false;
    }
    *name = (const char *)xmlTextReaderConstName(self->reader);
    const char *content = (const char *)xmlTextReaderConstValue(self->reader);
    *value = content == NULL ? "" : content;
    return *name != NULL;
}

clinner_xml_failure clinner_xml_why(const clinner_xml *self) { return self->failure; }
