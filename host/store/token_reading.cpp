// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token_reading.hpp"

#include "host/base/file_text.hpp"
#include "host/store/token.hpp"

#include <utility>

#include <sys/stat.h>

namespace penstock::host
{

boost::system::result<std::string, problem> checked_token(std::string token,
                                                          const std::string& where)
{
    if (is_token_text(token))
        return token;
    return problem(where, "", "holds no token", "what penstock token new printed was expected");
}

boost::system::result<std::string, problem> read_token(const std::string& file)
{
    struct stat found
    {
    };
    if (::stat(file.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
        (found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return problem(file, "", "is open to others", "mode 0600 was expected");
    auto text = read_text(file);
    if (!text)
        return text.error();
    while (text->ends_with('\n') || text->ends_with('\r')) // which editors leave
        text->pop_back();
    return checked_token(*std::move(text), file);
}

} // namespace penstock::host
