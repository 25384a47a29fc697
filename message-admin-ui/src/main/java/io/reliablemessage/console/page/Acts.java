package io.reliablemessage.console.page;

import io.reliablemessage.console.api.Refusal;
import io.reliablemessage.console.api.ServiceAway;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Carries out what an operator wants and has the next page say what came of it. */
@Component
public class Acts {

    /** What the next page says at its top. */
    public record Notice(boolean isGood, String key, Object detail) {}

    /** @param done the text for success; gets the result of the act as its argument */
    public void attempt(RedirectAttributes next, String done, Supplier<?> act) {
        next.addFlashAttribute("notice", outcome(done, act));
    }

    private static Notice outcome(String done, Supplier<?> act) {
        try {
            return new Notice(true, done, act.get());
        } catch (Refusal refusal) {
            return new Notice(false, Failures.key(refusal), refusal.detail());
        } catch (ServiceAway away) {
            return new Notice(false, "problem.unknown-outcome", String.valueOf(away.getMessage()));
        }
    }
}
