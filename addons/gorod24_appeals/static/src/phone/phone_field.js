import {PhoneField} from "@web/views/fields/phone/phone_field";
import {patch} from "@web/core/utils/patch";

/** Numbers of the city are grouped as its people say them: see phone_number.pretty. */
const CITY = /^\+7(3852)(\d\d)(\d\d)(\d\d)$/;
const COUNTRY = /^\+7(\d{3})(\d{3})(\d\d)(\d\d)$/;

/**
 * Write a stored number (+79131234567) as people read it: +7 913 123-45-67.
 *
 * @param {String} value the stored text
 * @returns {String} the text itself when it is no number of the country
 */
export function prettyPhone(value) {
    const text = value || "";
    if (CITY.test(text)) {
        return text.replace(CITY, "+7 $1 $2-$3-$4");
    }
    return text.replace(COUNTRY, "+7 $1 $2-$3-$4");
}

patch(PhoneField.prototype, {
    get shownPhone() {
        return prettyPhone(this.props.record.data[this.props.name]);
    },
});
