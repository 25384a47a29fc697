package io.reliablemessage.service.platform.web;

import static io.reliablemessage.api.ProblemType.MALFORMED_REQUEST;

import io.reliablemessage.service.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON token by token where its bytes must be kept. */
public final class RawJson {

    private static final int DEEPEST = 500;

    private RawJson() {}

    /** Bounded by the body's length alone, and in depth: numbers and names are passed over, never converted. */
    public static JsonFactory factory() {
        return factory(DEEPEST);
    }

    /** The same for an array, whose items may be as deep as they may be alone. */
    static JsonFactory factoryOfArrays() {
        return factory(DEEPEST + 1);
    }

    private static JsonFactory factory(int deepest) {
        return JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxNumberLength(BodyLimitFilter.LIMIT)
                        .maxStringLength(BodyLimitFilter.LIMIT)
                        .maxNameLength(BodyLimitFilter.LIMIT)
                        .build())
                .build();
    }

    /** Refuses bytes that are not UTF-8. */
    public static void requireUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException otherwise) {
            throw new Problem(MALFORMED_REQUEST, "The body is not UTF-8.", otherwise);
        }
    }
}
