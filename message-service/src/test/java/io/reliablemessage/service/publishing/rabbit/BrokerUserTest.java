package io.reliablemessage.service.publishing.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.service.Service;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.testing.Infrastructure;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The user with which the service logs in at the broker. */
@Tag("broker")
@ExtendWith(OutputCaptureExtension.class)
class BrokerUserTest {

    @Test
    void theOneThatEverybodyKnowsIsRefusedWithFactAndRemedy(CapturedOutput output) {
        var guest = Map.<String, Object>of("spring.rabbitmq.username", "guest", "spring.rabbitmq.password", "guest");

        assertThatThrownBy(() -> Service.start(Infrastructure.postgres().newDatabase(), guest))
                .rootCause()
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("guest");
        assertThat(output)
                .contains("set spring.rabbitmq.username")
                .contains("message-service.publishing.allow-guest")
                .doesNotContain("\tat io.reliablemessage");
    }
}
