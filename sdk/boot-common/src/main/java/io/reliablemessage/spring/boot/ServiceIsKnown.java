package io.reliablemessage.spring.boot;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Without an address of the service, an application with the starter is an application without it. */
final class ServiceIsKnown extends AnyNestedCondition {

    ServiceIsKnown() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("reliable-message.url")
    static final class ByProperty {}

    @ConditionalOnBean(ReliableMessageConnectionDetails.class)
    static final class ByBean {}
}
