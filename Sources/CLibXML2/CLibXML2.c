#include "CLibXML2.h"

#include "attributes.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// libxml2's pull reader would be the shorter way, but (2.9.14) it expands parameter entities of the internal subset
// without a bound before its first event, and leaves CR LF in CDATA. The parser with callbacks of ours has neither: it
// stops at the first declaration of an entity.

typedef struct {
    xmlParserCtxtPtr parser;
    clinner_xml_handler handler;
    int depth;
    int max_depth;
    clinner_xml_attribute *attributes;
    size_t attribute_capacity;
    clinner_xml_result result;
} parse;

static void stop(parse *self, clinner_xml_status status, int code, long line) {
    if (self->result.status == CLINNER_XML_FINE) self->result = (clinner_xml_result){status, code, line};
    xmlStopParser(self->parser);
}

static long line_of(parse *self) { return xmlSAX2GetLineNumber(self->parser); }

/// libxml2 hands over five pointers an attribute: name, prefix, namespace, and both ends of the value.
static bool collect(parse *self, int count, const xmlChar **attributes) {
    if ((size_t)count > self->attribute_capacity) {
        void *larger = realloc(self->attributes, (size_t)count * sizeof *self->attributes);
        if (larger == NULL) return false;
        self->attributes = larger;
        self->attribute_capacity = (size_t)count;
    }
    for (int index = 0; index < count; index++) {
        const xmlChar **fields = attributes + 5 * index;
        self->attributes[index] = (clinner_xml_attribute){
            .name = {(const char *)fields[1], (const char *)fields[0]},
            .value = (const char *)fields[3],
            .count = (size_t)(fields[4] - fields[3]),
        };
    }
    return true;
}

static void on_start(
    void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {
    (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted_count;
    parse *self = context;
    if (self->result.status != CLINNER_XML_FINE) return;
    if (++self->depth > self->max_depth) {
        stop(self, CLINNER_XML_TOO_DEEP, 0, line_of(self));
        return;
    }
    if (!collect(self, attribute_count, attributes)) {
        stop(self, CLINNER_XML_NO_MEMORY, 0, line_of(self));
        return;
    }
    clinner_xml_name name = {(const char *)prefix, (const char *)local};
    if (!self->handler.start(
            self->handler.context, name, self->attributes, (size_t)attribute_count, line_of(self))) {
        stop(self, CLINNER_XML_STOPPED, 0, line_of(self));
    }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    (void)local, (void)prefix, (void)uri;
    parse *self = context;
    if (self->result.status != CLINNER_XML_FINE) return;
    self->depth--;
    if (!self->handler.end(self->handler.context)) stop(self, CLINNER_XML_STOPPED, 0, line_of(self));
}

static void on_text(void *context, const xmlChar *bytes, int count) {
    parse *self = context;
    if (self->result.status != CLINNER_XML_FINE) return;
    if (!self->handler.text(self->handler.context, (const char *)bytes, (size_t)count)) {
        stop(self, CLINNER_XML_STOPPED, 0, line_of(self));
    }
}

static void on_cdata(void *context, const xmlChar *bytes, int count) {
    parse *self = context;
    if (self->result.status != CLINNER_XML_FINE) return;
    if (!self->handler.cdata(self->handler.context, (const char *)bytes, (size_t)count)) {
        stop(self, CLINNER_XML_STOPPED, 0, line_of(self));
    }
}

static void on_entity_declaration(
    void *context, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id,
    xmlChar *content) {
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    parse *self = context;
    stop(self, CLINNER_XML_ENTITIES, 0, line_of(self));
}

static void on_unparsed_entity_declaration(
    void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id,
    const xmlChar *notation) {
    (void)name, (void)public_id, (void)system_id, (void)notation;
    parse *self = context;
    stop(self, CLINNER_XML_ENTITIES, 0, line_of(self));
}

static void on_reference(void *context, const xmlChar *name) {
    (void)name;
    parse *self = context;
    stop(self, CLINNER_XML_ENTITIES, 0, line_of(self));
}

/// libxml2 also reports what it can live with; only what ends the document counts, and an entity whose declaration
/// may stand in a document type that is not read, which libxml2 would leave out with a warning.
static void on_error(void *context, xmlErrorPtr error) {
    parse *self = context;
    if (error->code == XML_WAR_UNDECLARED_ENTITY || error->code == XML_ERR_UNDECLARED_ENTITY) {
        stop(self, CLINNER_XML_ENTITIES, error->code, error->line);
    } else if (error->level == XML_ERR_FATAL) {
        stop(self, CLINNER_XML_MALFORMED, error->code, error->line);
    }
}

clinner_xml_result clinner_xml_parse(const char *bytes, size_t count, int max_depth, clinner_xml_handler handler) {
    long line = 0;
    if (clinner_xml_has_many_attributes(bytes, count, CLINNER_XML_ATTRIBUTES, &line)) {
        return (clinner_xml_result){CLINNER_XML_MALFORMED, CLINNER_XML_TOO_MANY_ATTRIBUTES, line};
    }
    xmlParserCtxtPtr parser = count < INT_MAX ? xmlNewParserCtxt() : NULL;
    if (parser == NULL) return (clinner_xml_result){CLINNER_XML_NO_MEMORY, 0, 0};
    parse self = {
        .parser = parser,
        .handler = handler,
        .max_depth = max_depth < CLINNER_XML_DEEPEST ? max_depth : CLINNER_XML_DEEPEST,
    };
    xmlSAXHandler callbacks;
    memset(&callbacks, 0, sizeof callbacks);
    callbacks.initialized = XML_SAX2_MAGIC;
    callbacks.startElementNs = on_start;
    callbacks.endElementNs = on_end;
    callbacks.characters = on_text;
    callbacks.ignorableWhitespace = on_text;
    callbacks.cdataBlock = on_cdata;
    callbacks.reference = on_reference;
    callbacks.entityDecl = on_entity_declaration;
    callbacks.unparsedEntityDecl = on_unparsed_entity_declaration;
    callbacks.serror = (xmlStructuredErrorFunc)on_error;
    *parser->sax = callbacks;
    parser->userData = &self;
    // NOENT only makes &amp; in attributes what it means: an entity of the document's own stops the parser when it is
    // declared. No DTDLOAD, and no HUGE, so that libxml2's own limits hold as well.
    xmlCtxtReadMemory(parser, bytes, (int)count, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOENT);
    if (self.result.status == CLINNER_XML_FINE && !parser->wellFormed) {
        self.result = (clinner_xml_result){CLINNER_XML_MALFORMED, parser->errNo, line_of(&self)};
    }
    free(self.attributes);
    xmlFreeParserCtxt(parser);
    return self.result;
}
