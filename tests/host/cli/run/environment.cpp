// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(environment)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_variable_wins_over_the_file_and_a_flag_over_both)
{
    const scratch home;
    const std::string file = home.write("host.yaml", "lanes: 3\nhosts: [a]\ndrain: 1m\n");
    const ended result =
        run(home, {"run", "--lanes", "5", "--print-config"}, "/dev/null",
            {"PENSTOCK_CONFIG=" + file, "PENSTOCK_LANES=4", "PENSTOCK_HOSTS=b,c", "PENSTOCK_ACK="});
    BOOST_TEST(result.err == "");
    const json::value read = penstock::parse_json(result.out);
    BOOST_TEST(read.at("lanes").to_number<int>() == 5);
    BOOST_TEST(read.at("hosts").as_array() == json::array({"b", "c"}));
    BOOST_TEST(read.at("drain").as_string() == "1m");
    BOOST_TEST(read.at("ack").as_string() == "durable");
}

BOOST_AUTO_TEST_CASE(variables_that_do_not_fit_are_refused_and_those_that_mean_nothing_are_told)
{
    const scratch home;
    const ended refused =
        run(home, {"run", "--print-config"}, "/dev/null", {"PENSTOCK_LANES=many"});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(refused.err == "PENSTOCK_LANES: \"many\" does not fit; a number from 0 to 1024 was "
                              "expected\n");
    const ended told = run(home, {"run", "--print-config"}, "/dev/null",
                           {"PENSTOCK_LAMES=4", "PENSTOCK_QQQQQQQQ=1", "PENSTOCK_TOKEN=t",
                            "PENSTOCK_PORT=tcp://10.0.0.1:80", "PENSTOCK_SERVICE_HOST=10.0.0.1"});
    BOOST_TEST(told.code == 0);
    BOOST_TEST(has(told.err, "PENSTOCK_LAMES: is no setting; did you mean PENSTOCK_LANES?\n"),
               told.err);
    BOOST_TEST(has(told.err, "PENSTOCK_QQQQQQQQ: is no setting; one of penstock run --help was "
                             "expected\n"),
               told.err);
    for (const char* const known : {"TOKEN", "PORT", "SERVICE"})
        BOOST_TEST(!has(told.err, std::string("PENSTOCK_") + known), told.err);
}

BOOST_AUTO_TEST_CASE(the_data_directory_and_packages_of_the_environment_are_those_of_all_verbs)
{
    const scratch home;
    const std::vector<std::string> variables{"PENSTOCK_DATA=" + home.at("data"),
                                             "PENSTOCK_PACKAGES=" + home.at("none")};
    const ended made =
        run(home, {"token", "new", "ada", "--scope", "read"}, "/dev/null", variables);
    BOOST_TEST(made.code == 0, made.err);
    BOOST_TEST(std::filesystem::exists(home.path() / "data" / "tokens.json"));
    BOOST_TEST(has(run(home, {"inspect"}, "/dev/null", variables).err, home.at("none")));
    BOOST_TEST(
        has(run(home, {"inspect", "--packages", home.at("other")}, "/dev/null", variables).err,
            home.at("other")));
}

BOOST_AUTO_TEST_SUITE_END()
