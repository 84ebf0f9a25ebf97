// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a component costs beside the library that it stands on: components_bench PACKAGES FOLDER
// ROUNDS [NAME...]; publishers write into FOLDER. Both do the same work over the same input, in one
// process and in turn. Prints an object a round: processor milliseconds of each component, and as
// `NAME bare` of its library.
#include "host/packages/catalogue.hpp"
#include "tests/bench/components/comparison.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iterator>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace
{

namespace json = penstock::json;
using penstock::bench::comparison;

// Of this process and of those that it has waited for: a reader may start a program.
double processor_seconds()
{
    timespec own{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
    rusage children{};
    ::getrusage(RUSAGE_CHILDREN, &children);
    const auto seconds = [](const timeval& of)
    { return static_cast<double>(of.tv_sec) + 1e-6 * static_cast<double>(of.tv_usec); };
    return static_cast<double>(own.tv_sec) + 1e-9 * static_cast<double>(own.tv_nsec) +
           seconds(children.ru_utime) + seconds(children.ru_stime);
}

class bench
{
public:
    bench(const comparison& of, penstock::host::catalogue& packages)
        : of_(of), type_(packages.find(of.name.substr(0, of.name.find(','))))
    {
        if (type_ == nullptr)
            throw std::runtime_error(of.name + ": is in no package");
    }

    void measure(json::object& figures, bool backwards)
    {
        if (backwards)
            measure_bare(figures);
        measure_component(figures);
        if (!backwards)
            measure_bare(figures);
        if (made_ != made_bare_ || made_ == 0)
            throw std::runtime_error(of_.name + ": made " + std::to_string(made_) +
                                     ", its library " + std::to_string(made_bare_));
    }

private:
    void measure_component(json::object& figures)
    {
        of_.reset();
        penstock::testing::inputs packets;
        packets.emplace("in", of_.packets());
        const double begin = processor_seconds();
        {
            penstock::testing::result made =
                penstock::testing::run([this] { return type_->make(); }, of_.parameters,
                                       std::move(packets), penstock::testing::conditions{});
            if (!made.failed.empty())
                throw std::runtime_error(of_.name + ": " + made.failed.front().second);
            made_ = of_.made(made);
        }
        figures[of_.name] = (processor_seconds() - begin) * 1000;
    }

    void measure_bare(json::object& figures)
    {
        of_.reset();
        std::vector<penstock::packet> packets = of_.packets();
        const double begin = processor_seconds();
        made_bare_ = of_.bare(std::move(packets));
        figures[of_.name + " bare"] = (processor_seconds() - begin) * 1000;
    }

    const comparison& of_;
    std::shared_ptr<const penstock::host::component_type> type_;
    std::size_t made_ = 0;
    std::size_t made_bare_ = 0;
};

void run(const std::filesystem::path& packages, int rounds, std::span<char*> names)
{
    std::vector<comparison> all;
    for (auto* each :
         {penstock::bench::add_readers, penstock::bench::add_documents, penstock::bench::add_mails,
          penstock::bench::add_formats, penstock::bench::add_findings, penstock::bench::add_values,
          penstock::bench::add_texts, penstock::bench::add_search, penstock::bench::add_servers})
        each(all);
    if (!names.empty())
        std::erase_if(all, [&](const comparison& each)
                      { return std::ranges::find(names, each.name) == names.end(); });
    std::filesystem::create_directory("data");
    const penstock::testing::data_directory data(std::filesystem::absolute("data").string());
    penstock::host::catalogue of({penstock::host::package_place{packages, true}}, {},
                                 penstock::host::mapped::file);
    std::vector<bench> benches;
    for (const comparison& each : all)
        benches.emplace_back(each, of);
    for (int round = 0; round <= rounds; ++round)
    {
        json::object figures;
        for (bench& each : benches)
            each.measure(figures, round % 2 != 0);
        if (round > 0) // the first is to be warm
            std::puts(penstock::write_json(figures).c_str());
    }
}

} // namespace

void penstock::bench::add(std::vector<comparison>& to, comparison (*make)())
{
    try
    {
        to.push_back(make());
    }
    catch (const std::runtime_error& error)
    {
        std::fprintf(stderr, "components_bench: left out: %s\n", error.what());
    }
}

int main(int count, char** arguments)
{
    if (count < 4)
        return std::fputs("components_bench PACKAGES FOLDER ROUNDS [NAME...]\n", stderr), 2;
    try
    {
        const std::filesystem::path packages = std::filesystem::absolute(arguments[1]);
        std::filesystem::create_directories(arguments[2]);
        std::filesystem::current_path(arguments[2]);
        run(packages, std::atoi(arguments[3]),
            std::span(arguments, static_cast<std::size_t>(count)).subspan(4));
    }
    catch (const std::exception& error)
    {
        std::fprintf(stderr, "components_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
