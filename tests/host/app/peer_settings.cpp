// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/peer_settings.hpp"

#include "host/app/configuration.hpp"
#include "tests/host/net/certificate.hpp"
#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(peer_settings)

using namespace penstock::host;
using penstock::host::testing::temporary_folder;

namespace
{

const std::string token = "pst_" + std::string(43, 'A');

std::string write(const temporary_folder& in, const std::string& name, const std::string& text,
                  std::filesystem::perms mode = std::filesystem::perms::owner_read)
{
    const std::filesystem::path file = in.path() / name;
    std::ofstream(file) << text;
    std::filesystem::permissions(file, mode);
    return file;
}

std::string problems_of(const settings& wanted)
{
    std::string all;
    for (const problem& each : refuse_peers(wanted))
        all += to_string(each) + "\n";
    return all;
}

settings with_peers(std::vector<std::string> peers)
{
    settings made;
    made.host_number = 1;
    made.peers = std::move(peers);
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(peers_with_https_or_on_loopback_are_accepted)
{
    const settings wanted = with_peers(
        {"1=http://host1", "2=https://host2:8443", "3=http://127.0.0.1:1", "4=http://localhost:1"});
    BOOST_TEST(problems_of(wanted) == "");
    const api::peer_options options = peers_of(wanted);
    BOOST_TEST(options.host_number == 1U);
    BOOST_TEST(options.others.size() == 4U);
    BOOST_TEST((options.limits.wait == std::chrono::seconds(2)));
    BOOST_TEST(problems_of({}) == "");
}

BOOST_AUTO_TEST_CASE(peers_that_would_be_asked_in_the_clear_or_share_a_number_are_refused)
{
    BOOST_TEST(problems_of(with_peers({"2=http://host2:8080", "3=https://a", "3=https://b"})) ==
               "peers: \"2=http://host2:8080\" would be asked in the clear; an https address was "
               "expected\n"
               "peers: name host 3 twice; each number once was expected\n");
}

BOOST_AUTO_TEST_CASE(peers_of_a_host_without_a_number_are_refused)
{
    settings wanted = with_peers({"2=https://host2"});
    wanted.host_number = 0;
    BOOST_TEST(problems_of(wanted) ==
               "host_number: is 0, and there are peers; the number of this host among them, from 1 "
               "on, was expected\n");
}

BOOST_AUTO_TEST_CASE(the_files_for_peers_are_read_at_the_start)
{
    const temporary_folder home;
    settings wanted = with_peers({"2=https://host2"});
    wanted.peer_token = write(home, "token", token + "\n");
    wanted.peer_ca = http::testing::make_certificate(home.path(), "ca").file;
    BOOST_TEST(problems_of(wanted) == "");
    BOOST_TEST(peers_of(wanted).limits.who.token == token);
    BOOST_TEST(peers_of(wanted).limits.who.ca == wanted.peer_ca);

    wanted.peer_ca = write(home, "nonsense", "no certificate");
    wanted.peer_token =
        write(home, "open", token,
              std::filesystem::perms::others_read | std::filesystem::perms::owner_read);
    const std::string wrong = problems_of(wanted);
    BOOST_TEST(wrong.find("open: is open to others; mode 0600 was expected\n") !=
               std::string::npos);
    BOOST_TEST(wrong.find("nonsense: cannot be used: ") != std::string::npos, wrong);
    wanted.peer_ca = home.path() / "nowhere";
    wanted.peer_token = home.path() / "nothing";
    BOOST_TEST(refuse_peers(wanted).size() == 2U);
}

BOOST_AUTO_TEST_CASE(settings_of_peers_are_checked_as_they_are_read)
{
    settings read;
    BOOST_TEST(
        parse_configuration(R"({"host_number": 4095, "peers": ["2=https://b"], "peer_wait": "1s"})",
                            "f", read)
            .empty());
    BOOST_TEST(read.host_number == 4'095U);
    for (const char* wrong :
         {R"({"host_number": 4096})", R"({"peers": ["https://b"]})", R"({"peers": "2=https://b"})",
          R"({"peer_wait": "0ms"})", R"({"peer_wait": "2m"})"})
        BOOST_TEST(parse_configuration(wrong, "f", read).size() == 1U, wrong);
}

BOOST_AUTO_TEST_SUITE_END()
