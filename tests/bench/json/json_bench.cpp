// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Compares parse_json, check_json and write_json with Boost.JSON's own best, on documents like
// those of a package catalogue: json_bench ROUNDS. All take turns within each round, so that what
// else the machine does falls on each alike. Prints one JSON object a round, of MB a second.

#include "documents.hpp"

#include <penstock/json.hpp>

#include <boost/json/parser.hpp>
#include <boost/json/serializer.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <time.h>

namespace
{

namespace json = boost::json;
using penstock::bench::documents;
using penstock::bench::numbers;

// Processor time: the machine has other things to do.
double now()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

struct work
{
    std::string name;
    std::function<std::size_t()> run; // what it returns keeps it from being left out
};

/// Documents of one kind, and all that is done with them.
class corpus
{
public:
    corpus(const std::string& kind, numbers with) : texts_(documents(1000, with))
    {
        for (const auto& text : texts_)
        {
            bytes_ += static_cast<double>(text.size());
            values_.push_back(penstock::parse_json(text));
        }
        works_ = {{"Boost parse, " + kind, [this] { return boost_parse(); }},
                  {"parse, " + kind, [this] { return parse(); }},
                  {"check, " + kind, [this] { return check(); }},
                  {"Boost write, " + kind, [this] { return boost_write(); }},
                  {"write, " + kind, [this] { return write(); }}};
    }

    corpus(const corpus&) = delete;
    corpus& operator=(const corpus&) = delete;

    /// Does all once and appends `"name": MB a second` of each. Every other time backwards: the
    /// first to run has the colder cache.
    void measure(std::string& line, bool backwards)
    {
        std::vector<const work*> order;
        for (const work& each : works_)
            order.push_back(&each);
        if (backwards)
            std::ranges::reverse(order);
        for (const work* each : order)
        {
            const double begin = now();
            if (each->run() == 0)
                std::abort();
            line += (line.empty() ? "\"" : ", \"") + each->name +
                    "\": " + std::to_string(bytes_ / (now() - begin) * 1000);
        }
    }

private:
    std::size_t boost_parse()
    {
        std::size_t kept = 0;
        for (const auto& text : texts_)
        {
            parser_.reset();
            parser_.write(text);
            kept += parser_.release().is_object();
        }
        return kept;
    }

    std::size_t parse() const
    {
        std::size_t kept = 0;
        for (const auto& text : texts_)
            kept += penstock::parse_json(text).is_object();
        return kept;
    }

    std::size_t check() const
    {
        for (const auto& text : texts_)
            penstock::check_json(text);
        return texts_.size();
    }

    std::size_t boost_write()
    {
        char chunk[4096];
        out_.clear();
        for (const auto& value : values_)
        {
            serializer_.reset(&value);
            while (!serializer_.done())
                out_ += serializer_.read(chunk);
        }
        return out_.size();
    }

    std::size_t write()
    {
        out_.clear();
        for (const auto& value : values_)
            penstock::write_json(value, out_);
        return out_.size();
    }

    std::vector<std::string> texts_;
    std::vector<json::value> values_;
    std::vector<work> works_;
    double bytes_ = 0;
    unsigned char room_[16384];
    json::parser parser_{{}, {}, room_};
    json::serializer serializer_;
    std::string out_;
};

} // namespace

int main(int count, char** arguments)
{
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 51;
    corpus text("text", numbers::few);
    corpus prices("7 digits", numbers::prices);
    corpus measurements("17 digits", numbers::measurements);
    std::string line;
    for (corpus* each : {&text, &prices, &measurements})
        each->measure(line, false); // to be warm
    for (int round = 0; round < rounds; ++round)
    {
        line.clear();
        for (corpus* each : {&text, &prices, &measurements})
            each->measure(line, round % 2 != 0);
        std::printf("{%s}\n", line.c_str());
    }
}
