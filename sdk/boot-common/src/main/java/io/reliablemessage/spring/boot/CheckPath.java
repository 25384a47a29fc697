package io.reliablemessage.spring.boot;

/** Where an address of the application is to be mapped. */
final class CheckPath {

    private CheckPath() {}

    /** Callers see the context path of an application; its mappings do not. */
    static String within(String contextPath, String path) {
        return !contextPath.isEmpty() && path.startsWith(contextPath + "/")
                ? path.substring(contextPath.length())
                : path;
    }
}
