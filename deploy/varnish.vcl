vcl 4.1;

# A caching Varnish (6 or later) in front of feedsvc, for /etc/varnish/default.vcl. Start varnishd with
# `-p http_gzip_support=off`: otherwise it hides from the service that a client understands brotli.
#
# It answers repeated requests itself, revalidates stale copies by their ETag, and serves the copies it has while
# the service is down, all as the service's Cache-Control says: max-age, stale-while-revalidate and stale-if-error.
# Change the address, and the prefix `/news` (together with base_url in feedsvc.toml).

import std;

backend feedsvc {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
}

sub vcl_recv {
    if (req.restarts == 0) {
        unset req.http.X-Any-Age;
        set req.grace = 365d;
    }
    # Decide here who may read the feeds, for example with an acl:
    #   if (client.ip !~ readers) { return (synth(403)); }

    # Not for the public.
    if (req.url !~ "^/news/" || req.url ~ "^/news/(metrics|readyz|healthz)([?]|$)") {
        return (synth(404));
    }
    # Nothing depends on them, and Varnish caches no answer to a request that has them.
    unset req.http.Cookie;
    unset req.http.Authorization;

    # Readers send Accept-Encoding in a hundred forms, but there are only three encodings: cache one answer for each.
    if (req.http.Accept-Encoding ~ "(?i)(^|,)\s*br\s*(,|$|;\s*q=(?!0(\.0*)?\s*(,|$)))") {
        set req.http.Accept-Encoding = "br";
    } elseif (req.http.Accept-Encoding ~ "(?i)(^|,)\s*gzip\s*(,|$|;\s*q=(?!0(\.0*)?\s*(,|$)))") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
}

sub vcl_hit {
    if (obj.ttl + std.duration(obj.http.X-Stale-While-Revalidate, 0s) < 0s && !req.http.X-Any-Age) {
        # Too old, unless the service fails: ask it first.
        set req.grace = 0s;
        return (restart);
    }
}

sub vcl_miss {
    if (req.http.X-Any-Age) {
        # The service has just failed, and there is no copy.
        return (synth(503));
    }
}

sub vcl_synth {
    if (resp.status == 503) {
        set resp.http.Retry-After = "5";
    }
}

sub vcl_backend_fetch {
    set bereq.url = regsub(bereq.url, "^/news/", "/");
}

sub vcl_backend_response {
    if (beresp.status >= 500) {
        # Keeps the copy that there is; vcl_deliver looks for it.
        if (bereq.is_bgfetch) {
            return (abandon);
        }
        set beresp.ttl = 0s;
        set beresp.uncacheable = true;
        return (deliver);
    }
    if (beresp.status == 410) {
        # The copy from before must not be served any more, not even while the service is down.
        set beresp.ttl = 1d;
        set beresp.uncacheable = true;
        return (deliver);
    }
    unset beresp.http.X-Stale-While-Revalidate;
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (beresp.http.Cache-Control ~ "stale-while-revalidate=\d") {
        set beresp.http.X-Stale-While-Revalidate =
            regsub(beresp.http.Cache-Control, "^.*stale-while-revalidate=(\d+).*$", "\1s");
        set beresp.grace = std.duration(beresp.http.X-Stale-While-Revalidate, 0s);
    }
    if (beresp.http.Cache-Control ~ "stale-if-error=\d") {
        set beresp.http.X-Stale-If-Error =
            regsub(beresp.http.Cache-Control, "^.*stale-if-error=(\d+).*$", "\1s");
        if (std.duration(beresp.http.X-Stale-If-Error, 0s) > beresp.grace) {
            set beresp.grace = std.duration(beresp.http.X-Stale-If-Error, 0s);
        }
        unset beresp.http.X-Stale-If-Error;
    }
}

sub vcl_deliver {
    unset resp.http.X-Stale-While-Revalidate;
    if (resp.status >= 500 && !req.http.X-Any-Age) {
        set req.http.X-Any-Age = "yes";
        set req.grace = 365d;
        return (restart);
    }
    if (obj.hits == 0) {
        set resp.http.X-Cache = "MISS";
    } elseif (obj.ttl < 0s) {
        set resp.http.X-Cache = "STALE";
    } else {
        set resp.http.X-Cache = "HIT";
    }
}
