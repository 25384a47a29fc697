package io.reliablemessage.adminui.page;

import io.reliablemessage.adminui.api.Operator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that a page or an action does not take, that are there twice, or that are blank: without a
 * misspelt or blank condition everything would be found, and an action would go further than it was meant to.
 *
 * <p>An empty one is a form's empty field, which counts as left out.
 */
class KnownParameters implements HandlerInterceptor {

    static final Set<String> PREFERENCES = Set.of("lang", "theme", "continue");

    private static final String FORM_TOKEN = "_csrf";

    /** Texts that people write, and no conditions. */
    private static final Set<String> TEXTS = Set.of("reason", "text", "typed", "q");

    private static final String OURS = "io.reliablemessage.";

    private static final Pattern BLANK = Pattern.compile("[\\p{Z}\\p{C}]+");

    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)
                && request.getDispatcherType() == DispatcherType.REQUEST) {
            var lists = known.computeIfAbsent(method.getMethod(), unread -> namesOf(method));
            request.getParameterMap().forEach((name, values) -> check(name, values, lists));
        }
        return true;
    }

    private static void check(String name, String[] values, Map<String, Boolean> lists) {
        var isList = lists.get(name);
        if (isList == null && !PREFERENCES.contains(name) && !FORM_TOKEN.equals(name)) {
            throw Unreadable.unknown(name);
        }
        if (values.length > 1 && !Boolean.TRUE.equals(isList)) {
            throw Unreadable.twice(name);
        }
        if (!TEXTS.contains(name)
                && Arrays.stream(values).anyMatch(value -> BLANK.matcher(value).matches())) {
            throw Unreadable.blank(name);
        }
    }

    /** The names of what it takes, and whether it takes several values of them. */
    private static Map<String, Boolean> namesOf(HandlerMethod method) {
        var names = new HashMap<String, Boolean>();
        for (var parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                names.put(parameter.getParameter().getName(), isList(parameter.getParameterType()));
            } else if (isForm(parameter)) {
                Arrays.stream(parameter.getParameterType().getRecordComponents())
                        .forEach(member -> names.put(member.getName(), isList(member.getType())));
            }
        }
        return names;
    }

    /** A record that is made of parameters; the operator is made of the login. */
    private static boolean isForm(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return parameter.hasParameterAnnotation(ModelAttribute.class) && type.isRecord() && type != Operator.class;
    }

    private static boolean isList(Class<?> type) {
        return Collection.class.isAssignableFrom(type);
    }
}
