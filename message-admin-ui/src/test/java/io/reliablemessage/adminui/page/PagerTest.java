package io.reliablemessage.adminui.page;

import static io.reliablemessage.adminui.fixture.Fixtures.OPERATION_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.StubService;
import io.reliablemessage.adminui.fixture.SharedConsole;
import io.reliablemessage.adminui.fixture.Visitors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists that are longer than a page: the service's cursor leads on, and the question stays the same. */
@ExtendWith(SharedConsole.class)
class PagerTest {

    private final StubService service;
    private final Visitors visitors;

    PagerTest(StubService service, Visitors visitors) {
        this.service = service;
        this.visitors = visitors;
    }

    /** A list with a filter, the call that it becomes, and what its next page is called. */
    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of("/messages?state=DEAD&window=all", "/admin/messages", "Older"),
                Arguments.of("/undecided?producer=shop", "/admin/messages", "Older"),
                Arguments.of("/causes?state=DEAD&window=PT1H", "/admin/causes", "Older"),
                Arguments.of("/operations?state=PAUSED", "/admin/operations", "Older"),
                Arguments.of(
                        "/operations/" + OPERATION_ID + "?outcome=FAILED",
                        "/admin/operations/" + OPERATION_ID + "/items",
                        "More"),
                Arguments.of("/topics", "/admin/topics", "More"),
                Arguments.of("/subscriptions?topic=order.placed", "/admin/subscriptions", "More"),
                Arguments.of("/applications", "/admin/applications", "More"),
                Arguments.of("/audit?actor=ada&action=NOTE", "/admin/audit", "Older"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void leadsToTheNextPageOfTheSameQuestion(String path, String call, String name) throws Exception {
        hasMore(call, "a+b/c=&d");

        var page = visitors.viewer().open(path);

        assertThat(page.texts("nav.pager a[rel=next]")).containsExactly(name);
        assertThat(page.first("nav.pager a[rel=next]").attr("href").replace("&window=all", ""))
                .startsWith(path.replace("&window=all", ""))
                .contains("cursor=a%2Bb%2Fc%3D%26d");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void handsTheCursorToTheServiceAsItCame(String path, String call, String name) throws Exception {
        visitors.viewer().open(and(path, "cursor=a%2Bb%2Fc%3D%26d"));

        assertThat(service.call("GET " + call).path()).contains("cursor=a%2Bb%2Fc%3D%26d");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void endsWhereTheServiceHasNoMore(String path, String call, String name) throws Exception {
        assertThat(visitors.viewer().open(and(path, "cursor=last")).texts("nav.pager a[rel=next]"))
                .as(name + call)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void followsItsOwnLink(String path, String call, String name) throws Exception {
        hasMore(call, "second");
        var viewer = visitors.viewer();
        var next = viewer.open(path).links("nav.pager a[rel=next]").getFirst();
        var first = service.call("GET " + call).query();
        service.calls().clear();

        viewer.open(next);

        assertThat(service.call("GET " + call).query().replaceAll("&?cursor=second", ""))
                .as(name)
                .isEqualTo(first);
    }

    @Test
    void leadsBackToTheNewestMessages() throws Exception {
        var viewer = visitors.viewer();

        assertThat(viewer.open("/messages?state=DEAD&cursor=x").links("nav.pager a"))
                .containsExactly("/messages?state=DEAD");
        assertThat(viewer.open("/messages?state=DEAD").links("nav.pager a")).isEmpty();
    }

    private static String and(String path, String parameter) {
        return path + (path.contains("?") ? "&" : "?") + parameter;
    }

    private void hasMore(String call, String cursor) {
        service.answers(
                "GET " + call, 200, "{\"items\": [], \"bucket\": \"PT1H\", \"next\": \"%s\"}".formatted(cursor));
    }
}
