// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "grok_expansion.hpp"
#include "grok_pattern.hpp"
#include "run_extract.hpp"
#include "scratch_directory.hpp"

#include <fstream>

using extract_package::grok_entry;

BOOST_AUTO_TEST_SUITE(extract_grok)

namespace
{

std::string fields(std::string_view text, json::object parameters)
{
    packet out = run_one(grok_entry, parameters, packet({{"text", text}}));
    out.erase("text");
    return sorted_fields(out);
}

json::object pattern(std::string_view text)
{
    return {{"patterns", json::array{text}}};
}

// Whether a usual pattern matches all of a text.
bool matches(std::string_view name, std::string_view text)
{
    extract_package::grok_pattern compiled(extract_package::expand_grok(
        "^%{" + std::string(name) + "}$", extract_package::usual_grok_definitions()));
    std::vector<std::pair<std::string, json::value>> found;
    return compiled.match(text, {}, found);
}

std::string reason(std::string_view text, const json::object& parameters)
{
    auto result = run_entry(grok_entry, parameters, packets(packet({{"text", text}})));
    return result.failed.size() == 1 ? result.failed[0].second : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_line_of_a_web_server_is_taken_apart)
{
    BOOST_TEST(
        fields(R"(127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326)",
               pattern("%{COMMONAPACHELOG}")) ==
        R"({"auth":"frank","bytes":2326,"clientip":"127.0.0.1","httpversion":"1.0","ident":"-",)"
        R"("request":"/a.gif","response":200,"timestamp":"10/Oct/2000:13:55:36 -0700","verb":"GET"})");
    BOOST_TEST(
        fields(R"(::1 - - [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.1" 304 - "-" "curl \"8\"")",
               pattern("%{COMBINEDAPACHELOG}")) ==
        R"({"agent":"\"curl \\\"8\\\"\"","auth":"-","clientip":"::1","httpversion":"1.1",)"
        R"("ident":"-","referrer":"\"-\"","request":"/","response":304,)"
        R"("timestamp":"10/Oct/2000:13:55:36 +0000","verb":"GET"})");
}

BOOST_AUTO_TEST_CASE(a_line_of_syslog_is_taken_apart)
{
    BOOST_TEST(
        fields("Mar  7 04:02:16 host-1 sshd[4242]: Failed password", pattern("%{SYSLOGLINE}")) ==
        R"({"logsource":"host-1","message":"Failed password","pid":"4242",)"
        R"("program":"sshd","timestamp":"Mar  7 04:02:16"})");
}

BOOST_AUTO_TEST_CASE(captures_have_the_type_that_is_asked_for)
{
    BOOST_TEST(
        fields("7 7.5 true +8 x 9", pattern("%{INT:a:int} %{NUMBER:b:float} %{WORD:c:boolean} "
                                            "%{INT:d:long} %{WORD:e:int} %{INT:f}")) ==
        R"({"a":7,"b":7.5,"c":true,"d":8,"e":"x","f":"9"})");
}

BOOST_AUTO_TEST_CASE(names_of_fields_are_free)
{
    BOOST_TEST(fields("GET /", pattern("%{WORD:http.request-method_of_a_very_long_name} /")) ==
               R"({"http.request-method_of_a_very_long_name":"GET"})");
    BOOST_TEST(fields("a1", pattern("(?<letter>[a-z])(?<digit>[0-9])")) ==
               R"({"digit":"1","letter":"a"})");
}

BOOST_AUTO_TEST_CASE(a_name_of_several_captures_gets_all_values)
{
    BOOST_TEST(fields("1-2", pattern("%{INT:n:int}-%{POSINT:n:int}")) == R"({"n":[1,2]})");
    BOOST_TEST(fields("x2", pattern("(?:a%{INT:n}|x%{INT:n})")) == R"({"n":"2"})");
}

BOOST_AUTO_TEST_CASE(patterns_are_tried_in_order)
{
    const json::object two{{"patterns", {"^%{INT:number}$", "^%{WORD:word}$"}}};
    BOOST_TEST(fields("12", two) == R"({"number":"12"})");
    BOOST_TEST(fields("ab", two) == R"({"word":"ab"})");
}

BOOST_AUTO_TEST_CASE(definitions_come_from_parameters_and_files)
{
    const scratch_directory scratch;
    const std::string file = scratch.path("definitions");
    std::ofstream(file) << "# orders\n\nORDER [A-Z]{2}-%{NUMBERS}\r\nNUMBERS \t[0-9]+\n";
    json::object parameters = pattern("%{ORDER:order}%{END}");
    parameters["definitions_file"] = file;
    parameters["definitions"] = {{"END", "!"}, {"NUMBERS", "[1-3]+"}};
    BOOST_TEST(fields("AB-123!", parameters) == R"({"order":"AB-123"})");
    BOOST_TEST(
        reason("AB-9!", parameters) ==
        R"(field "text": does not match; a text that one of the patterns matches was expected)");
    parameters["definitions_file"] = file + ".absent";
    BOOST_TEST(refusal(grok_entry, parameters).find("cannot be read") != std::string::npos);
    std::ofstream(file) << "NUMBERS [0-9]\nALONE\n";
    parameters["definitions_file"] = file;
    BOOST_TEST(refusal(grok_entry, parameters).find("line 2: is no definition") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_does_not_match_fails_or_goes_on)
{
    json::object parameters = pattern("%{INT:n}");
    BOOST_TEST(!reason("x", parameters).empty());
    parameters["on_failure"] = "keep";
    BOOST_TEST(fields("x", parameters) == "{}");
}

BOOST_AUTO_TEST_CASE(a_pattern_that_goes_back_without_end_fails_its_packet)
{
    json::object parameters = pattern("^(a+)+$");
    parameters["steps"] = 100'000;
    const std::string text = std::string(40, 'a') + "b";
    BOOST_TEST(
        reason(text, parameters)
            .starts_with(R"(field "text": takes more than pattern 0 may (match limit exceeded))"));
    parameters = pattern("^(a|b)*c");
    parameters["depth"] = 100;
    BOOST_TEST(reason(std::string(5000, 'a'), parameters).find("limit") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pattern_that_begins_anew_at_each_byte_takes_no_longer_than_it_may)
{
    json::object parameters = pattern(R"((\d*)(\d*)!)");
    parameters["time"] = "100ms";
    BOOST_TEST(
        reason(std::string(1200, '1') + " !", parameters)
            .starts_with(R"(field "text": takes more than pattern 0 may (time limit exceeded))"));
    parameters = pattern("[a-z]+ %{INT:n}");
    parameters["time"] = "100ms";
    BOOST_TEST(
        reason(std::string(1'000'000, 'a') + " x 1", parameters)
            .starts_with(R"(field "text": takes more than pattern 0 may (time limit exceeded))"));
}

BOOST_AUTO_TEST_CASE(verbs_that_stand_before_an_expression_count)
{
    BOOST_TEST(fields("a\r\nb1", pattern(R"((*ANYCRLF)(*NO_START_OPT)(?m)^b%{INT:n}$)")) ==
               R"({"n":"1"})");
    BOOST_TEST(fields("b", pattern("(?<first>a)|(?<second>b)")) == R"({"second":"b"})");
}

BOOST_AUTO_TEST_CASE(patterns_are_checked)
{
    const auto refused = [](std::string_view text) { return refusal(grok_entry, pattern(text)); };
    const auto has = [](const std::string& text, std::string_view part)
    { return text.find(part) != std::string::npos; };
    BOOST_TEST(has(refused("%{NOSUCH}"), "has %{NOSUCH}; a name that is defined was expected"));
    BOOST_TEST(has(refused("%{INT:n:date}"), "has the type \"date\""));
    BOOST_TEST(has(refused("%{INT"), "has a %{ that nothing ends"));
    BOOST_TEST(has(refused("%{INT:}"), "the name of a field was expected"));
    BOOST_TEST(has(refused("("), "is no expression at byte 1"));
    json::object parameters = pattern("%{A}");
    parameters["definitions"] = {{"A", "%{B}"}, {"B", "%{A}"}};
    BOOST_TEST(has(refusal(grok_entry, parameters), "within itself"));
    json::object doubled;
    for (char name = 'A'; name < 'Z'; ++name)
    {
        const std::string next = "%{" + std::string(1, static_cast<char>(name + 1)) + "}";
        doubled[std::string(1, name)] = next + next;
    }
    doubled["Z"] = "z";
    parameters["definitions"] = doubled;
    BOOST_TEST(has(refusal(grok_entry, parameters), "has more than 256 KiB"));
}

BOOST_AUTO_TEST_CASE(usual_patterns_match_what_they_are_for)
{
    const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> samples{
        {"IPV4", {"0.0.0.0", "255.255.255.255", "10.1.2.3"}},
        {"IPV6", {"::", "::1", "fe80::1%eth0", "2001:db8:0:0:0:0:0:1", "::ffff:10.0.0.1", "1::8"}},
        {"MAC", {"00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7"}},
        {"HOSTNAME", {"localhost", "a-b.example.org", "x.org."}},
        {"UUID", {"123e4567-e89b-12d3-a456-426614174000"}},
        {"NUMBER", {"1", "-1.5", "+.5", "10."}},
        {"BASE16NUM", {"0xff", "FF", "-1a"}},
        {"UNIXPATH", {"/", "/var/log/a.log"}},
        {"WINPATH", {R"(C:\a\b.txt)", R"(\\server\share)"}},
        {"URI", {"http://x.org", "https://u:p@x.org:8080/a/b?c=d&e", "http://[::1]/"}},
        {"EMAILADDRESS", {"a.b+c@x.org"}},
        {"TIMESTAMP_ISO8601", {"2026-12-01T01:02:03.123Z", "2026-12-01 01:02:03,5+01:00"}},
        {"HTTPDATE", {"10/Oct/2000:13:55:36 -0700"}},
        {"SYSLOGTIMESTAMP", {"Mar  7 04:02:16", "Dec 31 23:59:60"}},
        {"DATE", {"12/31/99", "31.12.1999"}},
        {"DATESTAMP_RFC2822", {"Tue, 1 Dec 2026 01:02:03 +0000"}},
        {"MONTH", {"Jan", "september", "May"}},
        {"DAY", {"Mon", "Wednesday"}},
        {"LOGLEVEL", {"INFO", "warning", "Err", "CRITICAL"}},
        {"QS", {R"("a \" b")", "'x'"}},
        {"TTY", {"/dev/pts/1", "/dev/tty0"}}};
    for (const auto& [name, texts] : samples)
        for (const std::string_view text : texts)

            BOOST_TEST(matches(name, text), name << " of " << text);
}

BOOST_AUTO_TEST_CASE(usual_patterns_do_not_match_what_they_are_not_for)
{
    const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> samples{
        {"IPV4", {"256.0.0.1", "1.2.3", "1.2.3.4.5"}},
        {"IPV6", {"1", "1:2", "1::2::3", "1:2:3:4:5:6:7:8:9", ":::", "12345::"}},
        {"MAC", {"00:1B:44:11:3A", "00:1B-44:11:3A:B7"}},
        {"UUID", {"123e4567e89b12d3a456426614174000"}},
        {"NUMBER", {"", "1.2.3", "x"}},
        {"POSINT", {"0", "-1"}},
        {"TIME", {"24:00:00", "1:60"}},
        {"HTTPDATE", {"10/Foo/2000:13:55:36 -0700"}},
        {"UNIXPATH", {"a/b", "/a b"}},
        {"WORD", {"a b", ""}},
        {"MONTH", {"Jam", "Marchy"}}};
    for (const auto& [name, texts] : samples)
        for (const std::string_view text : texts)
            BOOST_TEST(!matches(name, text), name << " of " << text);
}

BOOST_AUTO_TEST_CASE(every_usual_pattern_is_an_expression)
{
    for (const auto& [name, expression] : extract_package::usual_grok_definitions())
        BOOST_CHECK_NO_THROW((void)matches(name, "x"));
}

BOOST_AUTO_TEST_SUITE_END()
