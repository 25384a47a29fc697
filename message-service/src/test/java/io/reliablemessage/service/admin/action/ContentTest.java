package io.reliablemessage.service.admin.action;

import static io.reliablemessage.api.ProblemType.MESSAGE_NOT_FOUND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ledger")
class ContentTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();

    @Test
    void whatAMessageHoldsIsShownAsItWasPreparedAndTheLookIsAudited() {
        var message = new HashMap<>(route.message(MessageFlow.newId()));
        message.put("payload", " 1e400 <b>");
        message.put("payloadEncoding", "text");
        message.put("headers", Map.of("lang", "zh"));
        var id = service.as(Key.PRODUCER)
                .post("/messages/prepare", message)
                .is(201)
                .id();

        var content = view(id).is(200);

        assertThat(new String(Base64.getDecoder().decode(content.text("payload")), UTF_8))
                .isEqualTo(" 1e400 <b>");
        assertThat(content.body().path("headers").path("lang").asString()).isEqualTo("zh");
        assertThat(service.jdbc()
                        .sql("SELECT concat_ws(' ', actor, act) FROM audit WHERE subject = :subject")
                        .param("subject", id)
                        .query(String.class)
                        .list())
                .containsExactly("ada REVEAL");
    }

    @Test
    void whatIsNotThereIsNotShown() {
        view(MessageFlow.newId()).is(MESSAGE_NOT_FOUND);
    }

    private Answer view(String id) {
        return service.as(Key.CONSOLE)
                .call("GET", "/admin/messages/" + id + "/content", "", "RM-Actor", "ada", "RM-Roles", "lead");
    }
}
