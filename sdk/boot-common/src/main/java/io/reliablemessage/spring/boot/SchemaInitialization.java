package io.reliablemessage.spring.boot;

/** Which databases get the tables that are missing at start. */
enum SchemaInitialization {
    /** Those that end with the application, such as H2 in memory. */
    EMBEDDED,
    ALWAYS,
    /** The application's migrations do it. */
    NEVER
}
