#include <penstock/sdk.hpp>

#include <cstdint>
#include <sstream>
#include <string>

namespace placeholder_package
{

class placeholder final : public penstock::transformer
{
    penstock::parameter<std::string> from{*this, "from", "text", "The field that is read."};
    penstock::parameter<std::string> to{*this, "to", "words", "The field that gets the number."};

    void process(penstock::packet& packet) override
    {
        std::istringstream text(packet.text(*from));
        std::int64_t count = 0;
        for (std::string word; text >> word;)
            ++count;
        packet.set(*to, count);
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::extractor, "Counts the words of a field."))
