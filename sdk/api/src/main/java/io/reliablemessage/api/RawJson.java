package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reliablemessage.api.internal.Arguments;

/**
 * A payload, or a part of one, that is JSON already and is stored as it stands, white space included.
 *
 * @param json exactly one JSON value; the client refuses anything else before it sends
 */
public record RawJson(String json) {

    public RawJson {
        Arguments.present("json", json, "the JSON null is new RawJson(\"null\")");
    }

    @Override
    @JsonValue
    @JsonRawValue
    public String json() {
        return json;
    }
}
