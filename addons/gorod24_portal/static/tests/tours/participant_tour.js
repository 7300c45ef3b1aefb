import {registry} from "@web/core/registry";

/** Draw a photo, as the camera would hand it over. */
async function takePhoto(input) {
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 480;
    canvas.getContext("2d").fillRect(0, 0, 640, 480);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
    const files = new DataTransfer();
    files.items.add(new File([blob], "IMG_0001.jpg", {type: "image/jpeg"}));
    input.files = files.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

registry.category("web_tour.tours").add("gorod24_portal_phone", {
    steps: () => [
        {
            content: "accept in the journal with one tap",
            trigger: ".g24-row .btn:contains(Принять)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the page says so and offers to report",
            trigger: ".g24-flash:contains(Заявка принята)",
        },
        {
            content: "the citizen can be called",
            trigger: ".g24-phone[href^='tel:+7']",
        },
        {
            trigger: ".g24-bar .btn:contains(Сообщить результат)",
            run: "click",
        },
        {
            trigger: ".g24-report.show label:contains(Устранено)",
            run: "click",
        },
        {
            trigger: ".g24-report.show textarea",
            run: "edit Запустили циркуляцию, батареи тёплые",
        },
        {
            content: "photograph the gauge",
            trigger: ".g24-pick label[for=g24_camera]",
            run: () => takePhoto(document.querySelector("#g24_camera")),
        },
        {
            content: "and the cellar: the second photo joins the first",
            trigger: ".g24-chosen:has(li img)",
            run: () => takePhoto(document.querySelector("#g24_camera")),
        },
        {
            trigger: ".g24-chosen li:nth-child(2) img",
        },
        {
            trigger: ".g24-report.show button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".g24-flash:contains(Спасибо)",
        },
        {
            trigger: ".g24-file:nth-child(2) img",
        },
        {
            content: "no phone of the citizen any more",
            trigger: ".g24-request:not(:has(.g24-phone))",
        },
    ],
});
