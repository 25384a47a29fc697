package io.reliablemessage.service.platform.web;

import io.reliablemessage.adminapi.NoNulls;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.util.TokenBuffer;

/** Refuses null in bodies with {@link NoNulls}. Jackson's own {@code Nulls.FAIL} refuses a record's absent members, too. */
class NullsRefused extends ValueDeserializerModifier {

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> deserializer) {
        return bean.getBeanClass().isAnnotationPresent(NoNulls.class) ? new Refusing(deserializer) : deserializer;
    }

    private static final class Refusing extends DelegatingDeserializer {

        Refusing(ValueDeserializer<?> record) {
            super(record);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> record) {
            return new Refusing(record);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            try (var body = context.bufferAsCopyOfValue(parser)) {
                refuseNulls(body, context);
                try (var copy = body.asParserOnFirstToken(context)) {
                    return super.deserialize(copy, context);
                }
            }
        }

        private void refuseNulls(TokenBuffer body, DeserializationContext context) {
            try (var tokens = body.asParser(context)) {
                var member = "";
                for (var token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                    if (token == JsonToken.PROPERTY_NAME) {
                        member = tokens.currentName();
                    } else if (token == JsonToken.VALUE_NULL) {
                        throw InvalidNullException.from(context, PropertyName.construct(member), getValueType(context))
                                .prependPath(handledType(), member);
                    }
                }
            }
        }
    }
}
