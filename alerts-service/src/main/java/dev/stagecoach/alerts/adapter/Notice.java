package dev.stagecoach.alerts.adapter;

import io.quarkus.qute.TemplateData;

/**
 * A page that says one thing, to people who may not be signed in.
 *
 * @param link where they go on
 */
@TemplateData
record Notice(String title, String text, String link, String linkText) {}
