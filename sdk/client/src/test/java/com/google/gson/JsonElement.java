package com.google.gson;

/** Stands for the library's class of this name, whose getters do not show what it holds. */
public class JsonElement {

    public boolean isJsonNull() {
        return false;
    }
}
