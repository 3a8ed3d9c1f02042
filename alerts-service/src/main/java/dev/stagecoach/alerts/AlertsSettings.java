package dev.stagecoach.alerts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of alerts-service. */
@ConfigMapping(prefix = "stagecoach")
public interface AlertsSettings {
    Alerts alerts();

    interface Alerts {
        /** A policy file to use instead of the built-in one. */
        Optional<Path> policy();

        /** A name that this process keeps over restarts and shares with no other. */
        Optional<String> replica();

        /**
         * The most records that are applied in one transaction.
         *
         * @return records
         */
        @WithDefault("500")
        int maxBatch();

        Console console();

        Slack slack();

        Webhooks webhooks();

        Peers peers();
    }

    /** The services that this one asks. */
    interface Peers {
        /** A bearer token that the other services know. Without one, this service signs in to ask them, if people sign in. */
        Optional<String> token();

        /** Where outreach-service is. */
        @WithDefault("http://localhost:8083")
        URI outreachUrl();

        /** Where lifecycle-service is. */
        @WithDefault("http://localhost:8082")
        URI lifecycleUrl();

        /** Where usage-ingest is. */
        @WithDefault("http://localhost:8081")
        URI ingestUrl();

        /** How long a page waits for an answer before it shows what it has. */
        @WithDefault("2s")
        Duration timeout();

        /** How long something that a person does, or that is worked out over all accounts, may take. */
        @WithDefault("30s")
        Duration actTimeout();
    }

    interface Console {
        /**
         * For a stack on one machine, without sign-in: as whom everybody on this machine is signed in, who may do everything. The
         * console stays closed to others.
         */
        Optional<String> localUser();

        /** Where people reach the console: the start of the links in alerts, and where the sign-in leads back to. */
        @WithDefault("http://localhost:8080")
        URI url();

        Targets targets();
    }

    /** What the portfolio compares with. */
    interface Targets {
        /**
         * The utilization that the portfolio compares with, as the policy of lifecycle-service has it.
         *
         * @return percent
         */
        @WithDefault("80")
        int utilization();

        /**
         * The usage that the portfolio compares with, as the policy of lifecycle-service has it.
         *
         * @return percent
         */
        @WithDefault("30")
        int usage();

        /**
         * The utilization at the end of Onboarding that the portfolio compares with, as the policy of lifecycle-service has it.
         *
         * @return percent
         */
        @WithDefault("50")
        int onboarding();
    }

    interface Slack {
        /** A bot's token ({@code xoxb-…}, scope {@code chat:write}). With one, messages are posted as the bot, in threads by account, and webhooks are not used. */
        Optional<String> botToken();

        /** Slack's Web API. */
        @WithDefault("https://slack.com/api")
        URI apiUrl();

        /** Where the bot posts, by the channel's key in the policy: an id or a name. Without one, the name in the policy. */
        Map<String, String> channelIds();

        /** Where the bot posts the weekly digest of an owner of accounts, by the owner: the id of a user or a channel. */
        Map<String, String> owners();

        /** The key of the channel for the weekly digests of all other owners. */
        @WithDefault("customer-usage")
        String weeklyDigests();

        /** The incoming webhook for all channels that have none of their own. Without any, nothing is posted. */
        Optional<URI> webhookUrl();

        /** The incoming webhook of a channel, by the channel's key in the policy. */
        Map<String, URI> channels();

        /** The time between two messages to a channel: Slack takes about one a second. */
        @WithDefault("1s")
        Duration spacing();

        /** When more waits for a channel than the spacing lets through in this time, it is posted as digests. */
        @WithDefault("60s")
        Duration digestFrom();

        /** How long to wait after a digest that left nothing. */
        @WithDefault("10s")
        Duration digestSpacing();

        /** How long to wait after the first failure in a row; doubled with each further one. */
        @WithDefault("1s")
        Duration firstBackOff();

        /** The most that is waited after failures. */
        @WithDefault("5m")
        Duration longestBackOff();

        /** How long to wait for an answer of Slack. */
        @WithDefault("10s")
        Duration timeout();

        /** The webhook of a channel. */
        default Optional<URI> webhookOf(String channel) {
            return Optional.ofNullable(channels().get(channel)).or(this::webhookUrl);
        }
    }

    interface Webhooks {
        /** The programs that are told, by a name for each. */
        Map<String, WebhookEndpoint> endpoints();

        /** Networks (10.0.0.0/8) and hosts that may be reached although they are not public. */
        Optional<List<String>> allowPrivate();

        /** Whether endpoints may be without TLS. */
        @WithDefault("false")
        boolean allowHttp();

        /** How long a whole exchange with an endpoint may take. */
        @WithDefault("15s")
        Duration timeout();

        /** How long to wait after the first failure of a message, after the second, and so on. */
        @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
        List<Duration> retries();

        /** The most that an endpoint is left alone because it fails, unless it asks for more. */
        @WithDefault("1m")
        Duration longestPause();
    }

    /** A program that is told. */
    interface WebhookEndpoint {
        /** Its address. */
        URI url();

        /** One or more secrets, {@code whsec_} and 32 random bytes in base64. All of them sign. */
        List<String> secrets();

        /** The kinds of alerts it is told; all, if none is given. */
        Optional<List<String>> kinds();
    }
}
