package io.reliablemessage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.ProblemType;
import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A response, or the part of one that is about one item of an array. */
record Answer(int status, HttpHeaders headers, JsonNode body) {

    String text(String member) {
        return body.path(member).asString("");
    }

    Answer is(int expected) {
        assertThat(status).as("status of %s", body).isEqualTo(expected);
        return this;
    }

    Answer is(ProblemType expected) {
        assertThat(text("type")).as("type of %s", body).isEqualTo(expected.uri());
        assertThat(body.path("status").asInt()).isEqualTo(expected.status());
        assertThat(text("title")).isEqualTo(expected.title());
        assertThat(text("detail")).isNotBlank();
        return is(expected.status());
    }

    /** The same, as the whole response. */
    Answer isProblem(ProblemType expected) {
        assertThat(headers.firstValue("Content-Type")).hasValue("application/problem+json");
        return is(expected);
    }

    Answer has(String member, Object expected) {
        assertThat(body.has(member)).as("%s of %s", member, body).isTrue();
        assertThat(text(member)).as("%s of %s", member, body).isEqualTo(String.valueOf(expected));
        return this;
    }

    Answer hasNo(String member) {
        assertThat(body.has(member)).as("%s of %s", member, body).isFalse();
        return this;
    }

    Answer hasMembers(String... members) {
        for (var member : members) {
            assertThat(body.has(member)).as("%s of %s", member, body).isTrue();
        }
        return this;
    }

    /** A part of the body. */
    Answer at(String pointer) {
        return new Answer(status, headers, body.at(pointer));
    }

    /** The item of an array's answer as if it had been alone; its problem knows its status, a success has none. */
    Answer item(int place) {
        is(200);
        var item = body.path(place);
        var problem = Optional.of(item.path("problem")).filter(JsonNode::isObject);
        return problem.map(one -> new Answer(one.path("status").asInt(), headers, one))
                .orElseGet(() -> new Answer(status, headers, item));
    }
}
