package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reliablemessage.adminui.Browser;
import io.reliablemessage.adminui.RunningConsole;
import io.reliablemessage.adminui.StubService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.util.UriComponentsBuilder;

/** Users of an OpenID provider. */
class OidcTest {

    private final StubService service = new StubService();
    private Provider provider;
    private RunningConsole console;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider();
        var registration = "--spring.security.oauth2.client.registration.company.";
        var issuer = "--spring.security.oauth2.client.provider.company.";
        console = RunningConsole.start(
                service,
                registration + "client-id=console",
                registration + "client-secret=secret",
                registration + "client-name=Company",
                registration + "authorization-grant-type=authorization_code",
                registration + "redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
                registration + "scope=openid",
                issuer + "authorization-uri=" + provider.url + "/authorize",
                issuer + "token-uri=" + provider.url + "/token",
                issuer + "jwk-set-uri=" + provider.url + "/keys",
                issuer + "user-name-attribute=sub",
                "--message-admin-ui.login.oidc-roles.claim=groups",
                "--message-admin-ui.login.oidc-roles.roles.message-leads=lead");
    }

    @AfterEach
    void stop() {
        console.close();
        service.close();
        provider.server.stop(0);
    }

    @Test
    void actInTheirOwnNameWithTheRoleOfTheirGroup() throws Exception {
        var browser = console.browser();
        assertThat(browser.get("/login").body()).contains("Log in with Company");

        logIn(browser);
        browser.get("/messages?key=who-acts");

        assertThat(service.calls())
                .filteredOn(call -> call.path().contains("who-acts"))
                .singleElement()
                .satisfies(call -> assertThat(call.headers())
                        .containsEntry("RM-Actor", "grace%40example.org")
                        .containsEntry("RM-Roles", "LEAD"));
    }

    @Test
    void aSessionLivesLongOnlyFromTheLoginOn() throws Exception {
        var browser = console.browser();
        browser.get("/oauth2/authorization/company");
        assertThat(sessions())
                .singleElement()
                .satisfies(
                        session -> assertThat(session.getMaxInactiveInterval()).isEqualTo(600));

        logIn(browser);

        assertThat(sessions())
                .singleElement()
                .satisfies(
                        session -> assertThat(session.getMaxInactiveInterval()).isEqualTo(8 * 3600));
    }

    private Session[] sessions() {
        var server = (TomcatWebServer)
                Objects.requireNonNull(((ServletWebServerApplicationContext) console.context()).getWebServer());
        return ((Context) server.getTomcat().getHost().findChildren()[0])
                .getManager()
                .findSessions();
    }

    /** The provider asks nobody for a password: it sends the browser back with a code at once. */
    private void logIn(Browser browser) throws Exception {
        var away = browser.get("/oauth2/authorization/company")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var asked = UriComponentsBuilder.fromUri(URI.create(away)).build().getQueryParams();
        provider.nonce = decoded(String.valueOf(asked.getFirst("nonce")));
        var back =
                decoded(String.valueOf(asked.getFirst("redirect_uri"))) + "?code=any&state=" + asked.getFirst("state");
        assertThat(browser.get(back).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("error"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static final class Provider {

        private final RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final String url = "http://127.0.0.1:" + server.getAddress().getPort();
        private volatile String nonce = "";

        Provider() throws JOSEException, IOException {
            server.createContext("/keys", exchange -> answer(exchange, new JWKSet(key).toString()));
            server.createContext("/token", exchange -> answer(exchange, token()));
            server.start();
        }

        private String token() {
            var now = Instant.now();
            var claims = new JWTClaimsSet.Builder()
                    .issuer(url)
                    .subject("grace@example.org")
                    .audience("console")
                    .claim("nonce", nonce)
                    .claim("groups", List.of("staff", "message-leads"))
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(600)))
                    .build();
            var signed = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
            try {
                signed.sign(new RSASSASigner(key));
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
            return "{\"access_token\": \"any\", \"token_type\": \"Bearer\", \"expires_in\": 600, \"id_token\": \"%s\"}"
                    .formatted(signed.serialize());
        }

        private static void answer(HttpExchange exchange, String json) throws IOException {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, json.length());
                exchange.getResponseBody().write(json.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
