// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/retry.hpp"

#include "host/base/json_pointer.hpp"

#include <penstock/detail/problem_text.hpp>
#include <penstock/nearest.hpp>
#include <penstock/parameter.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

class retry_reader
{
public:
    retry_reader(const json::object& form, const std::string& pointer, problem_list& problems)
        : form_(form), pointer_(pointer), problems_(problems)
    {
    }

    retry_policy read()
    {
        const std::vector<std::string> known{"attempts", "backoff", "max_backoff", "on"};
        for (const auto& member : form_)
            if (!problems_.is_full() &&
                std::ranges::find(known, std::string_view(member.key())) == known.end())
                complain(member.key(), "unknown key " + quote(member.key()),
                         expected_name(member.key(), known));
        read_attempts();
        const bool is_long = read_wait("backoff", policy_.backoff);
        if (!read_wait("max_backoff", policy_.max_backoff))
            policy_.max_backoff = std::max(policy_.max_backoff, policy_.backoff);
        else if (policy_.max_backoff < policy_.backoff)
            complain("max_backoff", "is less than the first wait",
                     is_long ? "at least \"backoff\" was expected"
                             : "at least \"200ms\", the usual \"backoff\", was expected");
        read_failures();
        return policy_;
    }

private:
    void complain(std::string_view key, std::string message, std::string expected)
    {
        if (!problems_.is_full())
            problems_.add(pointer_to(pointer_, key), std::move(message), std::move(expected));
    }

    // Calls `read`, which throws parameter_error; returns whether the value was there and right.
    template <class Read>
    bool read_value(const char* key, Read read)
    {
        const json::value* const value = form_.if_contains(key);
        if (value == nullptr)
            return false;
        try
        {
            read(*value);
            return true;
        }
        catch (const parameter_error& error)
        {
            const parameter_problem wrong = detail::problem_of(key, error.what());
            complain(key, wrong.message, wrong.expected);
            return false;
        }
    }

    void read_attempts()
    {
        const std::string expected =
            "a whole number from 1 to " + std::to_string(greatest_attempts) + " was expected";
        read_value("attempts",
                   [&](const json::value& value)
                   {
                       const std::int64_t* const found = value.if_int64();
                       if (found == nullptr || *found < 1 || *found > greatest_attempts)
                           throw parameter_error(
                               (value.is_number() ? "is " + write_json(value) : "is no number") +
                               "; " + expected);
                       policy_.attempts = static_cast<std::uint16_t>(*found);
                   });
    }

    bool read_wait(const char* key, std::chrono::milliseconds& wait)
    {
        return read_value(key,
                          [&](const json::value& value)
                          {
                              using duration = detail::parameter_type<std::chrono::milliseconds>;
                              const std::chrono::milliseconds found = duration::read(value);
                              if (found > greatest_backoff)
                                  throw parameter_error("is too long; at most \"24h\" was "
                                                        "expected");
                              wait = found;
                          });
    }

    void read_failures()
    {
        const json::value* const value = form_.if_contains("on");
        if (value == nullptr)
            return;
        const json::array* const list = value->if_array();
        if (list == nullptr || list->empty())
            return complain("on", list == nullptr ? "is no list" : "is empty",
                            R"(a list of "throw" and "fail" was expected)");
        policy_.on_throw = false;
        for (std::size_t i = 0; i < list->size() && !problems_.is_full(); ++i)
        {
            const json::string* const name = (*list)[i].if_string();
            if (name != nullptr && *name == "throw")
                policy_.on_throw = true;
            else if (name != nullptr && *name == "fail")
                policy_.on_fail = true;
            else
                problems_.add(pointer_to(pointer_to(pointer_, "on"), i),
                              name == nullptr ? "is no text" : "unknown failure " + quote(*name),
                              name == nullptr ? R"("throw" or "fail" was expected)"
                                              : expected_name(*name, {"throw", "fail"}));
        }
    }

    const json::object& form_;
    const std::string& pointer_;
    problem_list& problems_;
    retry_policy policy_;
};

} // namespace

retry_policy read_retry(const json::object& form, const std::string& pointer,
                        problem_list& problems)
{
    return retry_reader(form, pointer, problems).read();
}

} // namespace penstock::host
