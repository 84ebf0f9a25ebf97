// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "grok_patterns.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace extract_package
{

const grok_definitions& usual_grok_definitions()
{
    static const grok_definitions usual{
        // Words and numbers.
        {"WORD", R"(\b\w+\b)"},
        {"NOTSPACE", R"(\S+)"},
        {"SPACE", R"(\s*)"},
        {"DATA", R"(.*?)"},
        {"GREEDYDATA", R"(.*)"},
        {"INT", R"((?<![0-9.+-])[+-]?[0-9]+)"},
        {"POSINT", R"(\b[1-9][0-9]*\b)"},
        {"NONNEGINT", R"(\b[0-9]+\b)"},
        {"BASE10NUM", R"((?<![0-9.+-])[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))"},
        {"NUMBER", R"(%{BASE10NUM})"},
        {"BASE16NUM", R"((?<![0-9A-Fa-f])[+-]?(?:0[xX])?[0-9A-Fa-f]+)"},
        {"BASE16FLOAT",
         R"(\b(?<![0-9A-Fa-f.])[+-]?(?:0[xX])?(?:[0-9A-Fa-f]+(?:\.[0-9A-Fa-f]*)?|\.[0-9A-Fa-f]+)\b)"},
        {"QUOTEDSTRING", R"((?:"(?:\\.|[^\\"])*+"|'(?:\\.|[^\\'])*+'|`(?:\\.|[^\\`])*+`))"},
        {"QS", R"(%{QUOTEDSTRING})"},
        {"UUID", R"([0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})"},
        {"URN", R"(urn:[0-9A-Za-z][0-9A-Za-z-]{0,31}:[0-9A-Za-z()+,.:=@;$_!*'/?#%-]+)"},
        // People and programs.
        {"USERNAME", R"([a-zA-Z0-9._-]+)"},
        {"USER", R"(%{USERNAME})"},
        {"EMAILLOCALPART",
         R"([a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*)"},
        {"EMAILADDRESS", R"(%{EMAILLOCALPART}@%{HOSTNAME})"},
        {"PROG", R"([\x21-\x5a\x5c\x5e-\x7e]+)"},
        {"SYSLOGPROG", R"(%{PROG:program}(?:\[%{POSINT:pid}\])?)"},
        {"LOGLEVEL",
         R"((?i:trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|alert|emerg(?:ency)?))"},
        // Networks.
        {"MAC", R"((?:%{CISCOMAC}|%{WINDOWSMAC}|%{COMMONMAC}))"},
        {"CISCOMAC", R"((?:[A-Fa-f0-9]{4}\.){2}[A-Fa-f0-9]{4})"},
        {"WINDOWSMAC", R"((?:[A-Fa-f0-9]{2}-){5}[A-Fa-f0-9]{2})"},
        {"COMMONMAC", R"((?:[A-Fa-f0-9]{2}:){5}[A-Fa-f0-9]{2})"},
        {"IPV4",
         R"((?<![0-9])(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?![0-9]))"},
        // RFC 4291, section 2.2: eight groups, or fewer and one "::"; the last two may be an IPv4
        // address.
        {"IPV6",
         R"((?<![0-9A-Fa-f:])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|(?:[0-9A-Fa-f]{1,4}:){6}%{IPV4}|(?=(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{0,4}|%{IPV4})(?![0-9A-Fa-f:]))(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*)?::(?:(?:[0-9A-Fa-f]{1,4}:)*(?:%{IPV4}|[0-9A-Fa-f]{1,4}))?)(?:%[0-9A-Za-z]+)?(?![0-9A-Fa-f:]))"},
        {"IP", R"((?:%{IPV6}|%{IPV4}))"},
        {"HOSTNAME",
         R"(\b(?:[0-9A-Za-z_][0-9A-Za-z_-]{0,62})(?:\.[0-9A-Za-z_][0-9A-Za-z_-]{0,62})*\.?(?![0-9A-Za-z_-]))"},
        {"IPORHOST", R"((?:%{IP}|%{HOSTNAME}))"},
        {"HOSTPORT", R"(%{IPORHOST}:%{POSINT})"},
        // Paths and URIs.
        {"PATH", R"((?:%{UNIXPATH}|%{WINPATH}))"},
        {"UNIXPATH", R"(/(?:[\w%!$@:.,+~=#&()-]+/*)*+)"},
        {"TTY", R"(/dev/(?:pts|tty(?:[pq])?)(?:\w+)?/?(?:[0-9]+)?)"},
        {"WINPATH", R"((?:[A-Za-z]:|\\)(?:\\[^\\?*"<>|\r\n]*)+)"},
        {"URIPROTO", R"([A-Za-z][A-Za-z0-9+.-]*)"},
        {"URIHOST", R"((?:\[%{IPV6}\]|%{IPORHOST})(?::%{POSINT})?)"},
        {"URIPATH", R"((?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_/|-]*)++)"},
        {"URIQUERY", R"([A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?\[\]<>-]*)"},
        {"URIPARAM", R"(\?%{URIQUERY})"},
        {"URIPATHPARAM", R"(%{URIPATH}(?:%{URIPARAM})?)"},
        {"URI", R"(%{URIPROTO}://(?:%{USER}(?::[^@\s/]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?)"},
        // Dates and times.
        {"MONTH",
         R"(\b(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ep(?:t(?:ember)?)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)\b)"},
        {"MONTHNUM", R"((?:1[0-2]|0?[1-9]))"},
        {"MONTHNUM2", R"((?:0[1-9]|1[0-2]))"},
        {"MONTHDAY", R"((?:3[01]|[12][0-9]|0?[1-9]))"},
        {"DAY",
         R"(\b(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\b)"},
        {"YEAR", R"((?<![0-9])(?:[0-9]{4}|[0-9]{2})(?![0-9]))"},
        {"HOUR", R"((?:2[0-3]|[01]?[0-9]))"},
        {"MINUTE", R"([0-5][0-9])"},
        {"SECOND", R"((?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?)"},
        {"TIME", R"((?<![0-9])%{HOUR}:%{MINUTE}(?::%{SECOND})?(?![0-9]))"},
        {"DATE_US", R"(%{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR})"},
        {"DATE_EU", R"(%{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR})"},
        {"DATE", R"((?:%{DATE_US}|%{DATE_EU}))"},
        {"DATESTAMP", R"(%{DATE}[- ]%{TIME})"},
        {"TZ", R"((?:[APMCE][SD]T|UTC|GMT))"},
        {"ISO8601_TIMEZONE", R"((?:Z|[+-]%{HOUR}(?::?%{MINUTE})?))"},
        {"ISO8601_SECOND", R"(%{SECOND})"},
        {"TIMESTAMP_ISO8601",
         R"([0-9]{4}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?)"},
        {"DATESTAMP_RFC822", R"(%{DAY} %{MONTH} %{MONTHDAY} %{YEAR} %{TIME} %{TZ})"},
        {"DATESTAMP_RFC2822",
         R"(%{DAY}, %{MONTHDAY} %{MONTH} %{YEAR} %{TIME} %{ISO8601_TIMEZONE})"},
        {"DATESTAMP_OTHER", R"(%{DAY} %{MONTH} %{MONTHDAY} %{TIME} %{TZ} %{YEAR})"},
        {"HTTPDATE", R"(%{MONTHDAY}/%{MONTH}/[0-9]{4}:%{TIME} [+-][0-9]{4})"},
        {"SYSLOGTIMESTAMP", R"(%{MONTH} +%{MONTHDAY} %{TIME})"},
        // Lines of logs.
        {"SYSLOGFACILITY", R"(<%{NONNEGINT:facility}\.%{NONNEGINT:priority}>)"},
        {"SYSLOGHOST", R"(%{IPORHOST})"},
        {"SYSLOGBASE",
         R"(%{SYSLOGTIMESTAMP:timestamp} (?:%{SYSLOGFACILITY} )?%{SYSLOGHOST:logsource} %{SYSLOGPROG}:)"},
        {"SYSLOGLINE", R"(%{SYSLOGBASE} ?%{GREEDYDATA:message})"},
        {"HTTPDUSER", R"((?:%{EMAILADDRESS}|%{USER}))"},
        {"COMMONAPACHELOG",
         R"re(%{IPORHOST:clientip} %{HTTPDUSER:ident} %{HTTPDUSER:auth} \[%{HTTPDATE:timestamp}\] "(?:%{WORD:verb} %{NOTSPACE:request}(?: HTTP/%{NUMBER:httpversion})?|%{DATA:rawrequest})" %{INT:response:int} (?:%{INT:bytes:int}|-))re"},
        {"COMBINEDAPACHELOG", R"(%{COMMONAPACHELOG} %{QS:referrer} %{QS:agent})"},
        {"HTTPD_COMMONLOG", R"(%{COMMONAPACHELOG})"},
        {"HTTPD_COMBINEDLOG", R"(%{COMBINEDAPACHELOG})"},
    };
    return usual;
}

void add_grok_definitions(grok_definitions& to, std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    for (std::size_t number = 1; !text.empty(); ++number)
    {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find_first_not_of(blanks) == std::string_view::npos || line.starts_with('#'))
            continue;
        const std::size_t name = line.find_first_of(blanks);
        const std::size_t begin =
            name == std::string_view::npos ? name : line.find_first_not_of(blanks, name);
        if (name == 0 || begin == std::string_view::npos)
            throw std::invalid_argument("line " + std::to_string(number) +
                                        ": is no definition; a name, blanks and an expression "
                                        "were expected");
        to.insert_or_assign(std::string(line.substr(0, name)), std::string(line.substr(begin)));
    }
}

} // namespace extract_package
