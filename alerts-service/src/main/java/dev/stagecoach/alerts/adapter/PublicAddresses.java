package dev.stagecoach.alerts.adapter;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names to public addresses only, so that whoever chooses an address of ours reaches nothing inside. What is checked
 * is what is connected to: a name that resolves to something else a moment later gains nothing.
 */
final class PublicAddresses implements DnsResolver {
    /** The registry of special IPv4 addresses (RFC 6890 and later ones), and multicast. */
    private static final List<IPAddress> SPECIAL_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All of IPv6 that is given out to the public ... */
    private static final IPAddress GLOBAL_V6 = network("2000::/3");

    /** ... but for protocols (Teredo among them), documentation, and what carries an IPv4 address. */
    private static final List<IPAddress> SPECIAL_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final DnsResolver names;
    private final List<IPAddress> allowedNetworks;
    private final Set<String> allowedHosts;

    private PublicAddresses(DnsResolver names, List<IPAddress> allowedNetworks, Set<String> allowedHosts) {
        this.names = names;
        this.allowedNetworks = List.copyOf(allowedNetworks);
        this.allowedHosts = Set.copyOf(allowedHosts);
    }

    /**
     * @param names what resolves
     * @param allowed networks, as 10.0.0.0/8, and hosts that need not be public
     * @throws PolicyException naming one that is neither
     */
    static PublicAddresses and(List<String> allowed, DnsResolver names) {
        List<IPAddress> networks = new ArrayList<>();
        Set<String> hosts = new HashSet<>();
        for (String one : allowed) {
            IPAddress network = parsed(one.strip());
            if (network != null) {
                networks.add(network.toPrefixBlock());
            } else if (one.strip().matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
                hosts.add(one.strip().toLowerCase(Locale.ROOT));
            } else {
                throw new PolicyException("stagecoach.alerts.webhooks.allow-private: " + one
                        + " (expected: a network as 10.0.0.0/8, or a host)");
            }
        }
        return new PublicAddresses(names, networks, hosts);
    }

    private static List<IPAddress> networks(String... texts) {
        return Stream.of(texts).map(PublicAddresses::network).toList();
    }

    private static IPAddress network(String text) {
        return new IPAddressString(text).getAddress();
    }

    private static @Nullable IPAddress parsed(String text) {
        IPAddressStringParameters plain = new IPAddressStringParameters.Builder()
                .allowAll(false)
                .allowEmpty(false)
                .allowSingleSegment(false)
                .allow_inet_aton(false)
                .toParams();
        return new IPAddressString(text, plain).getAddress();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.resolve(host);
        if (!allowedHosts.contains(host.toLowerCase(Locale.ROOT))) {
            for (InetAddress one : found) {
                refuseUnlessAllowed(host, one);
            }
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    private void refuseUnlessAllowed(String host, InetAddress found) throws UnknownHostException {
        IPAddress address = new IPAddressGenerator().from(found);
        if (!isPublic(address) && allowedNetworks.stream().noneMatch(network -> network.contains(address))) {
            throw new UnknownHostException("refused: " + host + " is at " + found.getHostAddress()
                    + ", which is not public: allow it by stagecoach.alerts.webhooks.allow-private");
        }
    }

    private static boolean isPublic(IPAddress address) {
        return address.isIPv4()
                ? SPECIAL_V4.stream().noneMatch(network -> network.contains(address))
                : GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(network -> network.contains(address));
    }
}
