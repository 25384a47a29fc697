package io.reliablemessage.adminui;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The whole application, started as its main method does, on a random loopback port. */
public record RunningConsole(ConfigurableApplicationContext context) implements AutoCloseable {

    static final List<String> USERS = List.of("viewer", "operator", "lead", "admin");
    public static final String PASSWORD = "a-password-of-tests";

    private static final int CHEAP = 4;

    public static RunningConsole start(StubService service, String... settings) {
        return start(service.url(), settings);
    }

    public static RunningConsole start(URI service, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--message-admin-ui.service-url=" + service,
                "--message-admin-ui.api-key=" + StubService.KEY));
        var hash = new BCryptPasswordEncoder(CHEAP).encode(PASSWORD);
        for (int i = 0; i < USERS.size(); i++) {
            var user = "--message-admin-ui.login.users[" + i + "].";
            arguments.add(user + "name=" + USERS.get(i));
            arguments.add(user + "role=" + USERS.get(i));
            arguments.add(user + "password=" + hash);
        }
        arguments.addAll(List.of(settings));
        return new RunningConsole(MessageAdminUiApplication.application().run(arguments.toArray(String[]::new)));
    }

    /** A browser that nobody has logged in with. */
    public Browser browser() {
        return new Browser("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** A browser in which this user, or this user's name, is logged in. */
    public Browser as(String user) throws Exception {
        var browser = browser();
        browser.logIn(user, PASSWORD);
        return browser;
    }

    @Override
    public void close() {
        context.close();
    }
}
