package io.reliablemessage.service;

import io.reliablemessage.api.ProblemType;
import java.net.http.HttpHeaders;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** A response of the service. */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

    public String id() {
        return text("id");
    }

    public String state() {
        return text("state");
    }

    public String text(String member) {
        return body.path(member).asString();
    }

    public Answer is(int expected) {
        Assertions.assertThat(status).as("status of %s", body).isEqualTo(expected);
        return this;
    }

    public Answer is(ProblemType expected) {
        Assertions.assertThat(text("type")).as("type of %s", body).isEqualTo(expected.uri());
        Assertions.assertThat(headers.firstValue("Content-Type")).hasValue("application/problem+json");
        Assertions.assertThat(body.path("status").asInt()).isEqualTo(expected.status());
        return is(expected.status());
    }

    public Answer hasState(Enum<?> expected) {
        Assertions.assertThat(state()).as("state of %s", body).isEqualTo(expected.name());
        return this;
    }
}
