package dev.stagecoach.alerts.adapter;

import dev.stagecoach.alerts.adapter.AccountPage.Moment;
import dev.stagecoach.alerts.adapter.JdbcOutreach.ByTopics;
import dev.stagecoach.alerts.adapter.OutreachPage.Approvals;
import dev.stagecoach.alerts.adapter.OutreachPage.Doubt;
import dev.stagecoach.alerts.adapter.OutreachPage.Doubts;
import dev.stagecoach.alerts.mail.Balance;
import dev.stagecoach.alerts.mail.MailState;
import dev.stagecoach.alerts.mail.TriggerWords;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the pages about mails of what topics told and of what outreach-service answers. What it is asked for a page, it is asked at once. */
@ApplicationScoped
class OutreachPages {
    private static final int MAILS = 100;
    private static final int LATEST_MAILS = 10;
    private static final int MOST_DOUBTS = 20;
    private static final int APPROVALS_OF_OVERVIEW = 6;
    private static final int MOST_APPROVALS = 100;
    private static final int MOST_TO_COME = 50;
    private static final int CANDIDATES = 50;

    private final OutreachPeer peer;
    private final JdbcOutreach topics;
    private final JdbcAccountPages accounts;

    OutreachPages(OutreachPeer peer, JdbcOutreach topics, JdbcAccountPages accounts) {
        this.peer = peer;
        this.topics = topics;
        this.accounts = accounts;
    }

    OutreachPage overview(@Nullable ActReport act) {
        PeerQuestion<List<OutreachApi.Campaign>> campaigns = peer.ask(OutreachApi::campaigns);
        PeerQuestion<OutreachApi.Approvals> approvals = peer.ask(api -> api.approvals(null, null));
        PeerQuestion<OutreachApi.Mails> doubts =
                peer.ask(api -> api.mails(null, null, null, MailState.UNKNOWN.wireName(), null, null, MOST_DOUBTS));
        ByTopics told = topics.read();
        return new OutreachPage(
                told.now(),
                problem(campaigns, approvals, doubts),
                act,
                campaigns.await().orElse(List.of(), found -> campaigns(found, told)),
                campaigns.await().orNull(OutreachPages::total),
                told.campaigns(),
                told.reasons(),
                approvals.await().orElse(Approvals.NONE, found -> approvals(found, APPROVALS_OF_OVERVIEW)),
                doubts.await().orElse(new Doubts(told.doubts(), false, false), this::doubts));
    }

    private static @Nullable String problem(PeerQuestion<?>... questions) {
        return Stream.of(questions)
                .map(question -> question.await().problem())
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    private static List<OutreachPage.Campaign> campaigns(List<OutreachApi.Campaign> found, ByTopics told) {
        return found.stream()
                .map(campaign -> new OutreachPage.Campaign(
                        campaign.id(),
                        TriggerWords.of(campaign.trigger()),
                        PageText.listed(campaign.audience()),
                        campaign.version(),
                        MailBalance.of(campaign.id(), campaign.balance()),
                        told.scores(campaign.id())))
                .toList();
    }

    private static MailBalance total(List<OutreachApi.Campaign> found) {
        return new MailBalance(
                null,
                found.stream()
                        .map(campaign ->
                                MailBalance.of(null, campaign.balance()).balance())
                        .reduce(Balance.NONE, Balance::plus));
    }

    private Approvals approvals(OutreachApi.Approvals found, int most) {
        AccountNames names = accounts.names(
                found.waiting().stream().map(OutreachApi.Waiting::account).toList());
        Map<String, List<OutreachApi.Waiting>> byCampaign = new LinkedHashMap<>();
        found.waiting()
                .forEach(waiting -> byCampaign
                        .computeIfAbsent(waiting.campaign(), campaign -> new ArrayList<>())
                        .add(waiting));
        return new Approvals(
                found.waiting().stream()
                        .limit(most)
                        .map(one -> waiting(one, names))
                        .toList(),
                byCampaign.entrySet().stream()
                        .map(campaign -> ofCampaign(campaign.getKey(), campaign.getValue()))
                        .toList(),
                found.next() != null || found.waiting().size() > most);
    }

    private static OutreachPage.OfCampaign ofCampaign(String campaign, List<OutreachApi.Waiting> waiting) {
        Set<String> accounts = new HashSet<>();
        waiting.forEach(one -> accounts.add(one.account()));
        return new OutreachPage.OfCampaign(
                campaign, waiting.stream().mapToInt(OutreachApi.Waiting::mails).sum(), accounts.size());
    }

    private static OutreachPage.Waiting waiting(OutreachApi.Waiting waiting, AccountNames names) {
        return new OutreachPage.Waiting(
                waiting.occurrence(),
                waiting.campaign(),
                waiting.account(),
                names.of(waiting.account()),
                waiting.mails(),
                PageText.spaced(PageText.listed(waiting.steps())),
                PageText.listed(waiting.contacts()),
                new Moment(waiting.firstDue()));
    }

    private Doubts doubts(OutreachApi.Mails found) {
        return new Doubts(lines(found).stream().map(OutreachPages::doubt).toList(), true, found.next() != null);
    }

    private static Doubt doubt(MailLine line) {
        return new Doubt(
                line.id(),
                line.mail().messageId(),
                line.account(),
                line.accountName(),
                line.contact(),
                line.campaign() + ", " + line.step(),
                line.mail().reason(),
                line.at());
    }

    /** Empty when outreach-service says that there is no such campaign. */
    Optional<CampaignPage> campaign(String id, @Nullable ActReport act) {
        PeerQuestion<OutreachApi.Campaign> campaign = peer.ask(api -> api.campaign(id));
        PeerQuestion<OutreachApi.Outcomes> outcomes = peer.ask(api -> api.outcomes(id));
        PeerQuestion<OutreachApi.Answers> answers = peer.ask(api -> api.answers(id));
        PeerQuestion<OutreachApi.Approvals> approvals = peer.ask(api -> api.approvals(id, null));
        PeerQuestion<OutreachApi.Mails> mails =
                peer.ask(api -> api.mails(null, null, id, null, null, null, LATEST_MAILS));
        List<CampaignPage.Said> said = topics.answers(id);
        if (campaign.await().isUnknown()) {
            return Optional.empty();
        }
        return Optional.of(new CampaignPage(
                id,
                topics.now(),
                problem(campaign, outcomes, answers, approvals, mails),
                act,
                campaign.await().orNull(CampaignPage.Facts::of),
                campaign.await().orNull(found -> MailBalance.of(id, found.balance())),
                campaign.await().orElse(List.of(), found -> steps(found, outcomes.await())),
                outcomes.await().orElse(List.of(), found -> versions(found, campaign.await())),
                outcomes.await().orElse(List.of(), found -> reasons(id, found)),
                mails.await().orElse(List.of(), this::lines),
                approvals.await().orElse(Approvals.NONE, found -> approvals(found, MOST_APPROVALS)),
                answers.await().orNull(CampaignPage.Score::new),
                said));
    }

    private static List<CampaignPage.Step> steps(
            OutreachApi.Campaign campaign, PeerAnswer<OutreachApi.Outcomes> outcomes) {
        return campaign.steps().stream()
                .map(step -> new CampaignPage.Step(
                        campaign.id(),
                        step.step(),
                        step.after(),
                        step.subject(),
                        outcomes.orElse(Map.of(), found -> mailsOf(found, step.step()))))
                .toList();
    }

    private static Map<String, Long> mailsOf(OutreachApi.Outcomes outcomes, String step) {
        return outcomes.steps().stream()
                .filter(one -> one.step().equals(step))
                .findFirst()
                .map(OutreachApi.OfStep::mails)
                .orElse(Map.of());
    }

    private static List<CampaignPage.Version> versions(
            OutreachApi.Outcomes outcomes, PeerAnswer<OutreachApi.Campaign> campaign) {
        int inForce = campaign.orElse(0, OutreachApi.Campaign::version);
        return outcomes.versions().stream()
                .map(version -> new CampaignPage.Version(version, version.version() == inForce))
                .toList();
    }

    private static List<CampaignPage.Reason> reasons(String campaign, OutreachApi.Outcomes outcomes) {
        return outcomes.reasons().stream()
                .map(reason -> new CampaignPage.Reason(campaign, reason))
                .toList();
    }

    private List<MailLine> lines(OutreachApi.Mails mails) {
        AccountNames names = accounts.names(mails.messages().stream()
                .map(OutreachApi.Mail::account)
                .distinct()
                .toList());
        return mails.messages().stream()
                .map(mail -> new MailLine(mail, names.of(mail.account())))
                .toList();
    }

    MailsPage mails(MailsPage.Filter filter) {
        PeerQuestion<OutreachApi.Mails> mails = peer.ask(api -> api.mails(
                filter.account(), null, filter.campaign(), filter.state(), filter.reason(), filter.after(), MAILS));
        PeerQuestion<List<OutreachApi.Campaign>> campaigns = peer.ask(OutreachApi::campaigns);
        return new MailsPage(
                filter,
                topics.now(),
                mails.await().problem(),
                ids(campaigns),
                mails.await().orElse(List.of(), this::lines),
                mails.await().orNull(OutreachApi.Mails::next));
    }

    private static List<String> ids(PeerQuestion<List<OutreachApi.Campaign>> campaigns) {
        return campaigns
                .await()
                .orElse(
                        List.of(),
                        found -> found.stream().map(OutreachApi.Campaign::id).toList());
    }

    /** The mail, or why it is not shown. */
    PeerAnswer<MailPage> mail(String id, @Nullable ActReport act) {
        PeerAnswer<OutreachApi.Story> answer = peer.ask(api -> api.story(id)).await();
        return answer.known()
                .map(story -> PeerAnswer.of(page(story, act)))
                .orElseGet(() -> new PeerAnswer<>(null, answer.problem(), answer.isUnknown()));
    }

    private MailPage page(OutreachApi.Story story, @Nullable ActReport act) {
        String account = story.message().account();
        return new MailPage(
                topics.now(), act, story, accounts.names(List.of(account)).of(account), causeLink(story));
    }

    private @Nullable String causeLink(OutreachApi.Story story) {
        String account = story.message().account();
        return Optional.ofNullable(story.cause())
                .filter(cause -> accounts.has(account, cause))
                .map(cause -> JdbcAccountPages.recordLink(account, cause))
                .orElse(null);
    }

    /** Mails that an account is to get, the next one first. */
    PeerQuestion<OutreachApi.Mails> askToCome(String account) {
        return peer.ask(api -> api.mails(account, null, null, MailState.PLANNED.wireName(), null, null, MOST_TO_COME));
    }

    MailsToCome toCome(String account, PeerAnswer<OutreachApi.Mails> planned) {
        return new MailsToCome(
                account,
                planned.problem(),
                planned.orElse(
                        List.of(),
                        found -> lines(found).stream()
                                .sorted(Comparator.comparing(line -> line.at().instant()))
                                .toList()));
    }

    AudiencePage audience(String id, @Nullable String after) {
        PeerAnswer<OutreachApi.Everyone> everyone = peer.askPatiently(
                        api -> api.everyone(id, new OutreachApi.OfEveryone(after, CANDIDATES)))
                .await();
        return new AudiencePage(
                id,
                topics.now(),
                everyone.problem(),
                everyone.orNull(OutreachApi.Everyone::totals),
                everyone.orElse(List.of(), found -> candidates(id, found)),
                after == null,
                everyone.orNull(OutreachApi.Everyone::next));
    }

    private List<Candidate> candidates(String campaign, OutreachApi.Everyone everyone) {
        AccountNames names = accounts.names(
                everyone.accounts().stream().map(OutreachApi.Candidate::account).toList());
        return everyone.accounts().stream()
                .map(judged -> Candidate.of(campaign, judged, names))
                .toList();
    }

    PreviewPage preview(PreviewPage.Choice choice, @Nullable ActReport act, String testTo) {
        PeerQuestion<List<OutreachApi.Campaign>> campaigns = peer.ask(OutreachApi::campaigns);
        List<PreviewPage.Found> found = choice.account() == null
                ? List.of()
                : accounts.called(choice.account()).stream()
                        .map(account -> PreviewPage.Found.of(account.id(), account.name(), choice))
                        .toList();
        boolean isMeant = found.size() == 1;
        PreviewPage.Choice chosen = isMeant ? choice.withAccount(found.get(0).account()) : choice;
        PeerAnswer<OutreachApi.Preview> preview = isMeant ? ask(chosen) : PeerAnswer.missing("");
        return new PreviewPage(
                chosen,
                topics.now(),
                isMeant && chosen.campaign() != null && preview.problem() != null
                        ? preview.problem()
                        : campaigns.await().problem(),
                act,
                ids(campaigns),
                isMeant ? List.of() : found,
                choice.account() != null && found.isEmpty(),
                preview.orNull(one -> Candidate.of(one, accounts.names(List.of(one.account())))),
                preview.orElse(List.of(), OutreachApi.Preview::mails),
                testTo);
    }

    private PeerAnswer<OutreachApi.Preview> ask(PreviewPage.Choice choice) {
        String campaign = choice.campaign();
        String account = choice.account();
        return campaign == null || account == null
                ? PeerAnswer.unknown("no campaign or no account is chosen")
                : peer.ask(api -> api.preview(campaign, new OutreachApi.OfAccount(account)))
                        .await();
    }

    /** The HTML of a mail as it would look; or why it is not shown. */
    PeerAnswer<String> html(PreviewPage.Choice choice) {
        PeerAnswer<OutreachApi.Preview> preview = ask(choice);
        return preview.known()
                .flatMap(found -> choice.of(found.mails()))
                .map(mail -> PeerAnswer.of(mail.html()))
                .orElseGet(() -> preview.problem() == null
                        ? PeerAnswer.unknown("there is no such mail")
                        : new PeerAnswer<>(null, preview.problem(), preview.isUnknown()));
    }
}
