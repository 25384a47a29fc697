package io.reliablemessage.adminui.page;

import io.reliablemessage.adminui.api.Refusal;
import io.reliablemessage.adminui.api.ServiceUnavailable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Runs an operator's action and shows its result on the next page. */
@Component
public class ActionRunner {

    /** The notice at the top of the next page. */
    public record Notice(boolean isGood, String key, Object detail) {}

    /** @param done the text for success; gets the result of the action as its argument */
    public void attempt(RedirectAttributes next, String done, Supplier<?> action) {
        next.addFlashAttribute("notice", outcome(done, action));
    }

    /**
     * Returns the action's result; empty: it was refused.
     *
     * @param argument the result as an argument of the text for success
     */
    public <T> Optional<T> attempt(
            RedirectAttributes next, String done, Supplier<T> action, Function<T, Object> argument) {
        var result = new AtomicReference<T>();
        attempt(next, done, () -> {
            var made = action.get();
            result.set(made);
            return argument.apply(made);
        });
        return Optional.ofNullable(result.get());
    }

    private static Notice outcome(String done, Supplier<?> action) {
        try {
            return new Notice(true, done, action.get());
        } catch (Refusal refusal) {
            var isFailure =
                    refusal.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value(); // nobody knows how far it came
            return new Notice(false, isFailure ? "problem.unknown-outcome" : Failures.key(refusal), refusal.detail());
        } catch (ServiceUnavailable failure) {
            return new Notice(false, "problem.unknown-outcome", String.valueOf(failure.getMessage()));
        }
    }
}
