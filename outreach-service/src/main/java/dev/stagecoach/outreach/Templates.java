package dev.stagecoach.outreach;

import java.util.Map;

/** The words of mails. */
public interface Templates {
    /** Whether there is a template of this name, {@code admin-onboarding/day-0.html} for instance. */
    boolean exist(String name);

    /**
     * Fills a template in.
     *
     * @throws RuntimeException naming the template and the line when it cannot be filled in with this
     */
    String render(String name, Map<String, Object> model);
}
