package io.reliablemessage.service.platform.web;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Reads {@code Accept} without its parameters, but for the weight. JSON is always UTF-8: a charset that nobody can
 * write would be found out only when the call is done and its answer is written.
 */
class AcceptedTypes implements ContentNegotiationStrategy {

    private static final String WEIGHT = "q";

    private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        return header.resolveMediaTypes(request).stream()
                .map(AcceptedTypes::plain)
                .toList();
    }

    private static MediaType plain(MediaType type) {
        var parameters = type.getParameters();
        if (parameters.isEmpty()) {
            return type;
        }
        var weight = parameters.get(WEIGHT);
        return weight == null
                ? new MediaType(type.getType(), type.getSubtype())
                : new MediaType(type.getType(), type.getSubtype(), Map.of(WEIGHT, weight));
    }
}
