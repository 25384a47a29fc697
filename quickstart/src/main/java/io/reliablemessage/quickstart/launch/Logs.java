package io.reliablemessage.quickstart.launch;

import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LoggingSystem;

/** Sets up logging for all applications in this JVM, by {@code logback.xml}. */
final class Logs {

    private Logs() {}

    /** To be called before the first application is made. */
    static void quiet() {
        // Each application would set logging up anew, and take it down for all when it stops.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install(); // Tomcat logs to java.util.logging
    }
}
