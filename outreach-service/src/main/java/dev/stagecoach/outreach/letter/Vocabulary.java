package dev.stagecoach.outreach.letter;

import dev.stagecoach.outreach.campaign.Trigger;
import dev.stagecoach.outreach.mail.Sender;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which variables a template may use: some always, some by what triggers its campaign. Their types say what they are made of. */
public final class Vocabulary {
    private Vocabulary() {}

    /**
     * What any mail knows.
     *
     * @param stage null before the first
     * @param date the day on which the mail is due, where the reader is
     */
    private record Always(
            Map<String, String> words,
            String subject,
            String preheader,
            String account,
            Reader contact,
            String greeting,
            Action button,
            Action help,
            Action training,
            Action meeting,
            String survey,
            List<Score> scores,
            String because,
            String unsubscribe,
            String preferences,
            Sender sender,
            @Nullable String stage,
            String date,
            Usage usage) {}

    private record OfAMonth(@Nullable Recap recap) {}

    private record OfHealth(Health health) {}

    private record OfAFeature(Feature feature) {}

    private record OfAQuarter(Quarter quarter) {}

    /** The variables that a template of such a campaign may use, by name. */
    public static Map<String, Type> of(Trigger trigger) {
        Map<String, Type> variables = new LinkedHashMap<>();
        add(Always.class, variables);
        if (trigger instanceof Trigger.MonthClosed || trigger instanceof Trigger.DayAfterClose) {
            add(OfAMonth.class, variables);
        } else if (trigger instanceof Trigger.HealthBecame) {
            add(OfHealth.class, variables);
        } else if (trigger instanceof Trigger.FeatureFirstUsed) {
            add(OfAFeature.class, variables);
        } else if (trigger instanceof Trigger.Quarterly) {
            add(OfAQuarter.class, variables);
        }
        return variables;
    }

    private static void add(Class<? extends Record> described, Map<String, Type> variables) {
        for (RecordComponent component : described.getRecordComponents()) {
            variables.put(component.getName(), component.getGenericType());
        }
    }

    /** The variables in order, for messages. */
    public static String names(Trigger trigger) {
        return String.join(", ", of(trigger).keySet().stream().sorted().toList());
    }
}
