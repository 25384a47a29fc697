package io.reliablemessage.client.internal.jackson2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes raw JSON only if it is one JSON value: anything else would spoil the calls that share its request. */
final class CheckedRawJson extends JsonGeneratorDelegate {

    // The service decides how long and how deep a payload may be.
    private static final JsonFactory READER = JsonFactory.builder()
            .streamReadConstraints(namesOfAnyLength(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE))
                    .build())
            .build();

    CheckedRawJson(JsonGenerator out) {
        super(out, false);
    }

    @Override
    public void writeRawValue(String text) throws IOException {
        super.writeRawValue(checked(text));
    }

    @Override
    public void writeRawValue(String text, int offset, int length) throws IOException {
        super.writeRawValue(checked(text.substring(offset, offset + length)));
    }

    @Override
    public void writeRawValue(char[] text, int offset, int length) throws IOException {
        super.writeRawValue(checked(new String(text, offset, length)));
    }

    private String checked(String text) throws JsonGenerationException {
        try {
            check(text);
            return text;
        } catch (IllegalArgumentException unfit) {
            throw new JsonGenerationException(unfit.getMessage(), unfit, this);
        }
    }

    private static StreamReadConstraints.Builder namesOfAnyLength(StreamReadConstraints.Builder constraints) {
        try {
            return constraints.maxNameLength(Integer.MAX_VALUE);
        } catch (NoSuchMethodError absent) {
            return constraints; // Jackson 2.15, which Spring Boot 3.2 brings, has no such limit
        }
    }

    static void check(String text) {
        try (var parser = READER.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("a raw value is empty, which is no JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("a raw value is more than one JSON value");
            }
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("a raw value is no JSON: " + broken.getOriginalMessage(), broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a text is read
        }
    }
}
