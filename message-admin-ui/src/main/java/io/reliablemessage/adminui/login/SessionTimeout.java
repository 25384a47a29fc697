package io.reliablemessage.adminui.login;

import static org.springframework.security.web.context.HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Gives a session its time with the login. One that began before, on the way to a provider, ends soon. */
@Component
class SessionTimeout implements HttpSessionListener, HttpSessionAttributeListener {

    private static final Duration BEFORE_LOGIN = Duration.ofMinutes(10);

    private final Duration afterLogin;

    SessionTimeout(@Value("${server.servlet.session.timeout}") Duration afterLogin) {
        this.afterLogin = afterLogin;
    }

    @Override
    public void sessionCreated(HttpSessionEvent created) {
        created.getSession().setMaxInactiveInterval((int) BEFORE_LOGIN.toSeconds());
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent added) {
        if (SPRING_SECURITY_CONTEXT_KEY.equals(added.getName())) {
            added.getSession().setMaxInactiveInterval((int) afterLogin.toSeconds());
        }
    }
}
