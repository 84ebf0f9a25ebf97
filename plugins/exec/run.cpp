// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "line_program.hpp"

#include "../packets/order_to_delete.hpp"
#include "../reading/numbering.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace exec_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

constexpr auto slice = 100ms;         // of a wait, so that a graph which stops need not wait
constexpr auto shortest_pause = 50ms; // before a program begins again that has answered nothing
constexpr auto longest_pause = 1000ms;
constexpr auto to_finish = 5s;

class runner final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out", "What the program answers."};
    penstock::parameter<std::vector<std::string>> command{
        *this, "command", penstock::no_default,
        "The program and its arguments; no shell reads them. It gets a line of JSON for each "
        "packet, and answers with a line, which it must not keep in a buffer: an object is the "
        "packet, a list one packet for each object in it, null drops the packet, and a text fails "
        "it with this reason.",
        penstock::example{json::array{"python3", "-u", "enrich.py"}}};
    penstock::parameter<std::string> form{
        *this, "form", "fields",
        "What a line is: the fields of a packet, whose meta and data stay, or all of it as "
        "{\"fields\", \"meta\", \"data\"}.",
        penstock::choices{"fields", "packet"}};
    penstock::parameter<std::chrono::milliseconds> timeout{
        *this, "timeout", std::chrono::seconds(30),
        "How long an answer may take; then the program is ended, and the packet fails with the "
        "reason time limit.",
        penstock::range{1, 3'600'000}};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{256 << 20},
        "How much memory the program, and what it begins, may have; then it is ended, and the "
        "packet fails with the reason memory limit.",
        penstock::range{1 << 20, 1e12}};
    penstock::parameter<penstock::byte_count> line{*this, "line", penstock::byte_count{16 << 20},
                                                   "The most bytes of an answer.",
                                                   penstock::range{1, 1e12}};
    penstock::parameter<std::uint32_t> in_flight{
        *this, "in_flight", 64,
        "How many lines the program is given before it has answered the first. When it ends, those "
        "that it did not answer are given to a new one, one at a time, so that only the one that "
        "is to blame fails. A line too many is taken for the answer to the next packet, and told "
        "in the log when it is noticed: 1 for a program that may write such lines.",
        penstock::range{1, 100'000}};
    penstock::counter starts{*this, "starts", "How often a program began."};

    void check(penstock::problems& found) const override
    {
        if (command->empty() || command->front().empty() ||
            std::ranges::any_of(*command, [](const std::string& each)
                                { return each.find('\0') != std::string::npos; }))
            found.add(command, "names no program; a program and its arguments were expected");
        else if (!process::find_program(command->front()))
            found.add(command, "program \"" + command->front() +
                                   "\": cannot be run; one that is there was expected");
    }

    void start() override
    {
        std::vector<std::string> words = *command;
        const std::optional<std::string> path = process::find_program(words.front());
        if (!path)
            throw std::runtime_error("program \"" + words.front() +
                                     "\": cannot be run; one that is there was expected");
        words.front() = *path;
        program_.emplace(std::move(words),
                         program_limits{.time = *timeout,
                                        .memory = static_cast<std::size_t>(*memory),
                                        .line = static_cast<std::size_t>(*line)});
    }

    void run() override
    {
        while (penstock::batch packets = in.receive_some(*in_flight, 0ms))
            ask(std::move(packets));
        const auto end = penstock::now() + to_finish;
        while (!penstock::blocking([&] { return program_->finish(slice); }) &&
               penstock::now() < end)
            penstock::wait_for(slice);
        tell_surplus();
        program_->end();
    }

    void tell_surplus()
    {
        if (program_->take_surplus())
            penstock::log(penstock::severity::warning,
                          command->front() +
                              ": has answered more lines than it was given, some of them maybe in "
                              "place of the answers to other packets; one for each was expected");
    }

    void ask(penstock::batch packets)
    {
        questions_.clear();
        for (const penstock::packet& each : packets)
            questions_.push_back(question_of(each));
        bool is_careful = false;
        std::size_t next = 0; // whose answer comes next
        std::size_t said = 0; // those up to here are with the program
        while (pass_unasked(packets, next))
        {
            for (said = std::max(said, next);
                 said < packets.size() && (!is_careful || said == next); ++said)
                if (!questions_[said].text.empty())
                    program_->say(questions_[said].text);
            heard found = listen();
            tell_surplus();
            for (std::string& answer : found.answers)
            {
                pass_unasked(packets, next);
                if (!take(std::move(packets[next++]), answer))
                {
                    // Who knows what the other lines are.
                    program_->end();
                    found.ended = "answers with a line that is no JSON";
                    break;
                }
            }
            if (found.ended.empty())
                continue;
            if (!pass_unasked(packets, next))
            {
                penstock::log(penstock::severity::warning, command->front() + ": " + found.ended);
                continue;
            }
            // It alone was given to a program that had done nothing else.
            if (said == next + 1 && !program_->has_answered())
                fail(std::move(packets[next++]), std::move(found.ended));
            is_careful = true;
            said = next;
        }
    }

    // What a packet is to the program. An order to delete without fields goes on unasked, unless all
    // of it is what a line has.
    struct question
    {
        std::string text; // none: it is not asked
        std::string wrong;
    };

    [[nodiscard]] question question_of(const penstock::packet& packet) const
    {
        question made;
        try
        {
            if (*form == "packet")
                made.text = penstock::write_json(penstock::to_json(packet));
            else if (packet.field_count() != 0 || !packets::is_order_to_delete(packet))
                packet.write_fields(made.text);
        }
        catch (const std::invalid_argument& error) // a number that JSON cannot hold
        {
            made.text.clear();
            made.wrong = error.what();
        }
        return made;
    }

    // Ends packets that are not asked, up to the next one that is. Returns whether there is one.
    bool pass_unasked(penstock::batch& packets, std::size_t& next)
    {
        for (; next < packets.size() && questions_[next].text.empty(); ++next)
            if (questions_[next].wrong.empty())
                out.send(std::move(packets[next]));
            else
                fail(std::move(packets[next]), std::move(questions_[next].wrong));
        return next < packets.size();
    }

    heard listen()
    {
        const std::size_t before = program_->starts();
        heard found;
        try
        {
            found = penstock::blocking([&] { return program_->listen(slice); });
        }
        catch (const std::system_error& error)
        {
            throw penstock::unavailable(command->front() + ": " + error.what());
        }
        starts.add(program_->starts() - before);
        if (program_->has_answered())
            pause_ = 0ms;
        else if (!found.ended.empty())
        {
            pause_ =
                std::clamp<std::chrono::milliseconds>(2 * pause_, shortest_pause, longest_pause);
            penstock::wait_for(pause_);
        }
        return found;
    }

    // Does what an answer says; false if it is none.
    bool take(penstock::packet packet, std::string_view answer)
    {
        json::value value;
        std::string wrong;
        try
        {
            value = penstock::parse_json(answer);
        }
        catch (const penstock::json_error& error)
        {
            wrong = error.what();
        }
        if (!wrong.empty())
        {
            fail(std::move(packet), "the answer is no JSON: " + wrong);
            return false;
        }
        if (json::object* object = value.if_object())
            send(std::move(packet), std::move(*object));
        else if (json::array* list = value.if_array())
            send_each(std::move(packet), *list);
        else if (const json::string* reason = value.if_string())
            fail(std::move(packet), std::string(*reason));
        else if (value.is_null())
            drop(std::move(packet));
        else
            fail(std::move(packet), "the answer is a number or a truth value; an object, a list of "
                                    "objects, null or a text was expected");
        return true;
    }

    void send_each(penstock::packet packet, json::array& list)
    {
        if (!std::ranges::all_of(list, [](const json::value& each) { return each.is_object(); }))
            return fail(std::move(packet), "the answer is a list with something else than objects; "
                                           "a list of objects was expected");
        if (list.empty())
            return drop(std::move(packet));
        if (list.size() == 1)
            return send(std::move(packet), std::move(list.front().get_object()));
        reading::numbering parts(packet);
        for (json::value& each : list)
            send(parts.next(packet), std::move(each.get_object()));
    }

    void send(penstock::packet packet, json::object&& answer)
    {
        if (*form == "fields")
        {
            packet.set_fields(std::move(answer));
            return out.send(std::move(packet));
        }
        std::string wrong;
        try
        {
            penstock::packet content = penstock::packet_from_json(answer);
            packet.set_fields({});
            if (answer.contains("meta"))
                packet.set_meta(json::object());
            packet.merge(content, penstock::keep_meta::yes);
            packet.set_data(content.data());
            packet.join(std::move(content));
        }
        catch (const std::invalid_argument& error)
        {
            wrong = error.what();
        }
        if (wrong.empty())
            out.send(std::move(packet));
        else
            fail(std::move(packet), "the answer is no packet: " + wrong);
    }

    std::optional<line_program> program_;
    std::vector<question> questions_; // of the packets at hand
    std::chrono::milliseconds pause_{0};
};

} // namespace

extern constinit const penstock::component_entry run_entry = penstock::component_of<runner>(
    "run", penstock::category::transformer,
    "Gives packets to a program, a line of JSON each, and goes on with what it answers.");

} // namespace exec_package
