package io.reliablemessage.client.internal.jackson3;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Writes raw JSON only if it is one JSON value: anything else would spoil the calls that share its request. */
final class CheckedRawJson extends JsonGeneratorDelegate {

    // The service decides how long and how deep a payload may be.
    private static final JsonFactory READER = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    CheckedRawJson(JsonGenerator out) {
        super(out, false);
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        return super.writeRawValue(checked(text));
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int length) {
        return super.writeRawValue(checked(text.substring(offset, offset + length)));
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int length) {
        return super.writeRawValue(checked(new String(text, offset, length)));
    }

    private String checked(String text) {
        try {
            check(text);
            return text;
        } catch (IllegalArgumentException unfit) {
            throw new StreamWriteException(this, unfit.getMessage(), unfit);
        }
    }

    static void check(String text) {
        try (var parser = READER.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("a raw value is empty, which is no JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("a raw value is more than one JSON value");
            }
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("a raw value is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }
}
