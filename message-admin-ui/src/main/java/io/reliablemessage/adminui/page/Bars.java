package io.reliablemessage.adminui.page;

import java.util.ArrayList;
import java.util.List;

/** A row of numbers as bars, drawn without a script. */
public record Bars(List<Bar> bars, int height) {

    private static final int HEIGHT = 24;

    /** One number, in the units of the drawing: each is one wide. */
    public record Bar(int x, int y, int height, int value) {}

    public static Bars of(List<Integer> numbers) {
        int most =
                Math.max(1, numbers.stream().mapToInt(Integer::intValue).max().orElse(1));
        var bars = new ArrayList<Bar>();
        for (int x = 0; x < numbers.size(); x++) {
            int value = numbers.get(x);
            int height = value == 0 ? 0 : Math.max(2, Math.round((float) value * HEIGHT / most));
            bars.add(new Bar(x, HEIGHT - height, height, value));
        }
        return new Bars(bars, HEIGHT);
    }
}
