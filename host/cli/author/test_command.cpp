// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/test_command.hpp"

#include "host/app/secrets.hpp"
#include "host/base/printable.hpp"
#include "host/cli/arguments.hpp"
#include "host/graph/check.hpp"
#include "host/graph/graph_files.hpp"

#include <penstock/testing/run.hpp>

#include <CLI/App.hpp>

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <system_error>

namespace penstock::host::cli
{

namespace
{

/// A data directory for one test: what components keep is gone with it.
class scratch_data
{
public:
    scratch_data()
    {
        std::string name =
            (std::filesystem::temp_directory_path() / "penstock-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), name);
        path_ = name;
        given_.emplace(name);
    }

    ~scratch_data()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    scratch_data(const scratch_data&) = delete;
    scratch_data& operator=(const scratch_data&) = delete;

private:
    std::filesystem::path path_;
    std::optional<testing::data_directory> given_;
};

bool complain_all(const std::vector<problem>& problems, const std::filesystem::path& file)
{
    for (const problem& each : located(problems, file))
        complain(each);
    return !problems.empty();
}

} // namespace

test_command::test_command(CLI::App& program)
    : command(*program.add_subcommand("test", "Sends packets through graphs, and compares."))
{
    CLI::App& verb = *program.get_subcommand("test");
    verb.add_option("FILE.test.json", files_, "files of tests")->required();
    add_packages(verb, packages_);
    add_json(verb, json_);
}

int test_command::run()
{
    if (const int code = check_packages(packages_); code != fine)
        return code;
    catalogue components(places_of(packages_));
    bool fine_so_far = true;
    for (const std::string& each : files_)
    {
        const graph_test_file tests = read_graph_tests(each);
        for (const problem& wrong : tests.problems)
            complain(wrong);
        const std::size_t before = passed_ + failed_;
        fine_so_far = tests.problems.empty() && run_file(tests, components) && fine_so_far;
        if (passed_ + failed_ == before) // none of them could be run
            failed_ += std::max<std::size_t>(1, tests.tests.size());
    }
    if (json_)
        std::cout << write_json(json::object{{"tests", told_}}) << '\n';
    else
        std::cout << passed_ << " passed, " << failed_ << " failed\n";
    return fine_so_far ? fine : failure;
}

bool test_command::run_file(const graph_test_file& tests, catalogue& components)
{
    const graph_file read = read_graph(tests.graph);
    for (const problem& wrong : read.problems)
        complain(wrong);
    const resolver resolve = make_resolver({});
    if (!read.problems.empty() || complain_all(check(read.graph, components, resolve), tests.graph))
        return false;
    bool all_passed = true;
    for (const graph_test& each : tests.tests)
    {
        const scratch_data data;
        const auto plan = make_plan(read.graph, components, resolve);
        std::vector<problem> problems;
        dry_run_script script = script_of(each, *plan, problems);
        if (complain_all(problems, tests.file))
        {
            all_passed = false;
            ++failed_;
            continue;
        }
        const dry_run_result came = dry_run(*plan, std::move(script));
        all_passed = tell(tests, each, findings_of(each, *plan, came)) && all_passed;
    }
    return all_passed;
}

bool test_command::tell(const graph_test_file& tests, const graph_test& test,
                        const std::vector<std::string>& findings)
{
    ++(findings.empty() ? passed_ : failed_);
    if (json_)
    {
        json::array list;
        for (const std::string& each : findings)
            list.emplace_back(each);
        told_.push_back(json::object{{"file", tests.file.string()},
                                     {"name", test.name},
                                     {"passed", findings.empty()},
                                     {"findings", std::move(list)}});
        return findings.empty();
    }
    const std::string about = tests.file.string() + ": " + test.name;
    if (findings.empty())
        std::cout << about << ": passed\n";
    for (const std::string& each : findings)
        std::cerr << about << ": " << printable(each) << '\n';
    return findings.empty();
}

} // namespace penstock::host::cli
