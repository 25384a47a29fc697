package io.reliablemessage.spring.boot;

/** Which of the two starters this is. */
final class Starter {

    static final String ARTIFACT = "reliable-message-spring-boot3-starter";

    private Starter() {}
}
