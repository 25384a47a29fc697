package io.reliablemessage.adminui.page;

import io.reliablemessage.adminui.api.Refusal;
import io.reliablemessage.adminui.api.ServiceUnavailable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Carries out what an operator wants and has the next page say what came of it. */
@Component
public class ActionRunner {

    /** What the next page says at its top. */
    public record Notice(boolean isGood, String key, Object detail) {}

    /** @param done the text for success; gets the result of the act as its argument */
    public void attempt(RedirectAttributes next, String done, Supplier<?> act) {
        next.addFlashAttribute("notice", outcome(done, act));
    }

    /**
     * Gives the act's result to a caller who goes on with it; empty: it was refused.
     *
     * @param argument what the text for success tells of the result
     */
    public <T> Optional<T> attempt(
            RedirectAttributes next, String done, Supplier<T> act, Function<T, Object> argument) {
        var result = new AtomicReference<T>();
        attempt(next, done, () -> {
            var made = act.get();
            result.set(made);
            return argument.apply(made);
        });
        return Optional.ofNullable(result.get());
    }

    private static Notice outcome(String done, Supplier<?> act) {
        try {
            return new Notice(true, done, act.get());
        } catch (Refusal refusal) {
            return new Notice(false, Failures.key(refusal), refusal.detail());
        } catch (ServiceUnavailable away) {
            return new Notice(false, "problem.unknown-outcome", String.valueOf(away.getMessage()));
        }
    }
}
