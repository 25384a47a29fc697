package io.reliablemessage.client.internal.jackson2;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** As Jackson 3: a record's in the order they are declared, a bean's, which have none, by their names. */
final class PropertyOrder extends JacksonAnnotationIntrospector {

    @Override
    public Boolean findSerializationSortAlphabetically(Annotated type) {
        var said = super.findSerializationSortAlphabetically(type);
        return said == null ? !type.getRawType().isRecord() : said;
    }
}
